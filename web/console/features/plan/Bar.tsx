/** Above the editor: whether what is written is kept, the way back, and the way into force. */

import { ActionIcon, Alert, Button, FileButton, Group, Menu, Text } from "@mantine/core";
import {
  IconArrowBackUp,
  IconDots,
  IconDownload,
  IconFileImport,
  IconPrinter,
  IconSend,
  IconSparkles,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import { useAgent, useDesk, useDeskState } from "../../app/desk/context";
import { useWords, type Key } from "../../app/i18n";
import { Confirm } from "../../ui/Confirm";
import { attempt } from "../../ui/toast";
import type { Acts } from "./acts";
import type { Conflict } from "./keeper";
import type { DraftDesk } from "./useDraft";

interface Props {
  desk: DraftDesk;
  acts: Acts;
  phone: boolean;
  onPublish: () => void;
}

export function Bar({ desk, acts, phone, onPublish }: Props) {
  const { t, locale } = useWords();
  const { base } = useDesk();
  const [asking, setAsking] = useState<"template" | "discard" | null>(null);
  const told: Key =
    desk.saving === "failed" ? "plan.unsaved" : desk.saving !== "saved" ? "plan.saving" : desk.state.changed ? "plan.saved" : "plan.same";
  return (
    <>
      <Group justify="space-between" gap="sm" data-testid="plan-bar">
        <Text fz="sm" c="dimmed" role="status" data-testid="plan-saving" data-state={desk.saving}>
          {t(told)}
        </Text>
        <Group gap={6}>
          <Button
            variant="subtle"
            size="compact-md"
            leftSection={<IconArrowBackUp size={16} />}
            disabled={!desk.past.length}
            onClick={desk.undo}
            data-testid="plan-undo"
          >
            {t("plan.undo")}
          </Button>
          <Button
            size={phone ? "sm" : "compact-md"}
            leftSection={<IconSend size={16} />}
            disabled={!desk.state.changed && desk.saving === "saved"}
            onClick={onPublish}
            data-testid="plan-review"
          >
            {t("plan.review")}
          </Button>
          <Menu position="bottom-end" width={280}>
            <Menu.Target>
              <ActionIcon aria-label={t("plan.more")} data-testid="plan-more">
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                component="a"
                href={`/api/v1${base}/plan/page?locale=${locale}`}
                target="_blank"
                rel="noreferrer"
                leftSection={<IconPrinter size={16} />}
                data-testid="plan-print"
              >
                {t("plan.print")}
              </Menu.Item>
              <Menu.Item component="a" href={`/api/v1${base}/plan/export`} download="service-plan.json" leftSection={<IconDownload size={16} />}>
                {t("plan.export")}
              </Menu.Item>
              <FileButton accept="application/json,.json" onChange={(file) => file && void acts.take(file)}>
                {(props) => (
                  <Menu.Item {...props} closeMenuOnClick={false} leftSection={<IconFileImport size={16} />} data-testid="plan-import">
                    {t("plan.import")}
                  </Menu.Item>
                )}
              </FileButton>
              <Menu.Item leftSection={<IconSparkles size={16} />} onClick={() => setAsking("template")}>
                {t("plan.template")}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item leftSection={<IconTrash size={16} />} disabled={!desk.state.changed} onClick={() => setAsking("discard")}>
                {t("plan.discard")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      {desk.conflict && <Meanwhile desk={desk} conflict={desk.conflict} />}
      {asking && (
        <Confirm
          title={t(`plan.${asking}`)}
          text={t(`plan.${asking}Text`)}
          action={t(`plan.${asking}`)}
          onConfirm={() => acts.make(asking)}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

function Meanwhile({ desk, conflict }: { desk: DraftDesk; conflict: Conflict }) {
  const words = useWords();
  const { t } = words;
  const me = useDeskState((state) => state.agentId);
  const author = useAgent(conflict.authorId);
  const title = conflict.authorId === me ? t("plan.conflictSelf") : t("plan.conflict", { name: author?.name ?? t("plan.gone") });
  return (
    <Alert color="red" title={title} role="alert" data-testid="plan-conflict">
      <Text fz="sm">{t("plan.conflictText")}</Text>
      <Group gap={8} mt={8}>
        <Button size="xs" onClick={() => void attempt(words, desk.showTheirs)} data-testid="plan-theirs">
          {t("plan.theirs")}
        </Button>
        <Button size="xs" variant="default" onClick={desk.keepMine} data-testid="plan-mine">
          {t("plan.mine")}
        </Button>
      </Group>
    </Alert>
  );
}
