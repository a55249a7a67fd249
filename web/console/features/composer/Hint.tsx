/** The line below the composer: how long is left to answer, why it does not send, what becomes of what is written. */

import { Group, Text } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { useT } from "../../app/i18n";
import { Due, pressing } from "../../ui/Due";
import type { DraftState } from "./useDraft";

interface Props {
  conversation: Conversation;
  why: string;
  down: boolean;
  draft: DraftState;
  left: number | null;
  phone: boolean;
  keys: string;
}

export function Hint({ conversation, why, down, draft, left, phone, keys }: Props) {
  const t = useT();
  const text =
    why ||
    (left !== null && left >= 0 ? t("composer.left", { count: left }) : "") ||
    (down ? t("composer.offline") : "") ||
    (draft === "saved" ? t("composer.draftSaved") : "");
  const clock = conversation.status === "open" ? pressing(conversation) : undefined;
  return (
    <Group justify="space-between" px={8} h={20} wrap="nowrap" gap={8} hiddenFrom={phone && !text && !clock ? "xs" : undefined}>
      {clock && <Due clock={clock} named />}
      <Text fz="xs" c={why ? "var(--mantine-color-error)" : "dimmed"} role="status" truncate flex={1} data-testid="composer-hint">
        {text}
      </Text>
      <Text fz="xs" c="dimmed" visibleFrom="md" style={{ whiteSpace: "nowrap" }} aria-hidden="true">
        {keys}
      </Text>
    </Group>
  );
}
