/** Something to copy: a link, a tag, a secret. */

import { Button, Code, CopyButton, Group, Paper } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useT } from "../app/i18n";

export function Copyable({ value, testid }: { value: string; testid?: string }) {
  const t = useT();
  return (
    <Paper bg="var(--sonnim-sunken)" p={8} radius="md" bd="1px solid var(--sonnim-line)">
      <Group wrap="nowrap" gap="sm" align="flex-start">
        <Code flex={1} bg="transparent" fz="xs" style={{ whiteSpace: "pre-wrap", wordBreak: "break-all" }} data-testid={testid}>
          {value}
        </Code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="light"
              onClick={copy}
              leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
            >
              {copied ? t("common.copied") : t("common.copy")}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Paper>
  );
}
