/** The notices as a page: what a phone shows, and where the key leads. */

import { Button, Group, Paper, Title } from "@mantine/core";
import { IconChecks, IconSettings } from "@tabler/icons-react";
import { Link } from "wouter";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Sheet } from "../../app/Shell";
import { attempt } from "../../ui/toast";
import { markSeen } from "./list";
import { NoticeList } from "./NoticeList";

export function NoticesHead() {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const any = useDeskState((state) => Object.keys(state.tables.notifications).length > 0);
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        size="compact-sm"
        variant="subtle"
        disabled={!any}
        leftSection={<IconChecks size={16} />}
        onClick={() => void attempt(words, () => markSeen(desk, { all: true }))}
        data-testid="notices-all-seen"
      >
        {t("notices.allSeen")}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        component={Link}
        to="/settings/notifications"
        px={6}
        aria-label={t("notices.settings")}
      >
        <IconSettings size={17} />
      </Button>
    </Group>
  );
}

export default function NoticesPage() {
  const { t } = useWords();
  return (
    <Sheet>
      <Group justify="space-between">
        <Title order={1} fz="xl">
          {t("notices.title")}
        </Title>
        <NoticesHead />
      </Group>
      <Paper bg="var(--sonnim-panel)" bd="1px solid var(--sonnim-line)" bdrs="md" style={{ overflow: "hidden" }}>
        <NoticeList />
      </Paper>
    </Sheet>
  );
}
