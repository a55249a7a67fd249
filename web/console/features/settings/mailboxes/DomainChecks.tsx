/** SPF, DKIM and DMARC of a mailbox's domain, in plain words, with the record that would mend each. */

import { Badge, Button, Code, Group, Loader, Paper, Stack, Text } from "@mantine/core";
import type { DomainCheck } from "@sonnim/protocol";
import { IconRefresh } from "@tabler/icons-react";
import { useWords, useT } from "../../../app/i18n";
import { Copyable } from "../../../ui/Copyable";
import { Failed } from "../../../ui/States";
import { useResource } from "../resource";

const color = (state: string) => (state === "bad" ? "red" : state === "fine" ? undefined : "gray");

export function DomainChecks({ mailboxId }: { mailboxId: number }) {
  const t = useT();
  const found = useResource<{ domain: string; checks: DomainCheck[] }>(`/mailboxes/${mailboxId}/dns`);
  if (found.failed) return <Failed onRetry={found.reload} />;
  if (!found.data) {
    return (
      <Group gap="sm" p="md" role="status">
        <Loader size="sm" />
        <Text fz="sm">{t("domain.asking")}</Text>
      </Group>
    );
  }
  return (
    <Stack gap="sm" data-testid="domain">
      <Text fz="sm" c="dimmed">
        {t("domain.hint", { domain: found.data.domain })}
      </Text>
      {found.data.checks.map((check) => (
        <Check key={check.kind} check={check} />
      ))}
      <Group justify="flex-end">
        <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={found.reload}>
          {t("domain.again")}
        </Button>
      </Group>
    </Stack>
  );
}

function Check({ check }: { check: DomainCheck }) {
  const { t, lookup } = useWords();
  const { kind, state, code, name, record, wanted } = check;
  const general = code === "no_answer" || code === "providers" ? code : `${kind}.${code}`;
  return (
    <Paper withBorder radius="md" p="sm" data-testid={`domain-${kind}`} data-state={state}>
      <Group justify="space-between" gap={8}>
        <Text fw={600}>{kind.toUpperCase()}</Text>
        <Badge size="sm" variant="light" color={color(state)} tt="none">
          {lookup(`domain.state.${state}`, "domain.state.unknown")}
        </Badge>
      </Group>
      <Text fz="sm" mt={4}>
        {lookup(`domain.${general}`, "domain.no_answer")}
      </Text>
      {record && (
        <Code block fz="xs" mt={8} style={{ whiteSpace: "pre-wrap", wordBreak: "break-all" }}>
          {record}
        </Code>
      )}
      {wanted && (
        <Stack gap={4} mt={8}>
          <Text fz="sm">{t(wanted.startsWith("v=") ? "domain.create" : "domain.amend", { name })}</Text>
          <Copyable value={wanted} />
        </Stack>
      )}
    </Paper>
  );
}
