/** A first message: written on a page to practise on, and seen coming in. */

import { Alert, Button, Group, Loader, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconExternalLink } from "@tabler/icons-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";

export function TestStep({ onDone }: { onDone: () => void }) {
  const { t, locale } = useWords();
  const [, go] = useLocation();
  const key = useDeskState((state) => state.shop.public_key);
  const conversations = useDeskState((state) => state.tables.conversations);
  const [before] = useState(() => new Set(Object.keys(conversations)));
  const arrived = Object.values(conversations).find((each) => !before.has(String(each.id)) && each.last_text);
  const open = () => {
    onDone();
    if (arrived) go(`/inbox/all/${arrived.id}`);
  };
  return (
    <Stack gap="md">
      <Group>
        <Button
          component="a"
          href={`/try/${key}/?lang=${locale}`}
          target="_blank"
          rel="noopener"
          variant={arrived ? "light" : "filled"}
          leftSection={<IconExternalLink size={16} />}
          data-testid="welcome-try"
        >
          {t("welcome.test.open")}
        </Button>
      </Group>
      {arrived ? (
        <Alert icon={<IconCircleCheck size={20} />} title={t("welcome.test.arrived")} role="status" data-testid="welcome-arrived">
          <Stack gap="sm" align="flex-start">
            <Text fz="sm" lineClamp={3}>
              “{arrived.last_text}”
            </Text>
            <Button size="sm" onClick={open} data-testid="welcome-answer">
              {t("welcome.test.answer")}
            </Button>
          </Stack>
        </Alert>
      ) : (
        <Group gap="sm" c="dimmed" role="status">
          <Loader type="dots" size="sm" />
          <Text fz="sm">{t("welcome.test.waiting")}</Text>
        </Group>
      )}
    </Stack>
  );
}
