/** Left below the field: answer or note, files, canned responses, people, formats. */

import { ActionIcon, FileButton, Group, SegmentedControl } from "@mantine/core";
import { IconAt, IconBolt, IconPaperclip, IconTypography } from "@tabler/icons-react";
import { useMay } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { LadderButton } from "../ladder/LadderButton";
import { KeyTip } from "../../ui/KeyTip";
import type { Kind } from "./content";

interface Props {
  kind: Kind;
  phone: boolean;
  formats: boolean;
  onKind: (kind: Kind) => void;
  onFiles: (files: readonly File[]) => void;
  onFormats: (on: boolean) => void;
  conversation: number;
  /** Puts words of the ladder into the answer. */
  onSay: (text: string) => void;
  /** Writes a sign that asks for something: `/` or `@`. */
  onAsk: (sign: "/" | "@") => void;
}

export function Tools({ kind, phone, formats, conversation, onKind, onFiles, onFormats, onSay, onAsk }: Props) {
  const t = useT();
  const mayNote = useMay("conversation.note");
  return (
    <Group gap={phone ? 2 : 4} wrap="nowrap">
      <SegmentedControl
        size="xs"
        value={kind}
        onChange={(value) => onKind(value as Kind)}
        data={[
          { value: "message", label: t("composer.reply") },
          { value: "note", label: t("composer.note"), disabled: !mayNote },
        ]}
        aria-label={t("composer.kind")}
        data-testid="composer-kind"
      />
      <FileButton multiple onChange={onFiles}>
        {(props) => (
          <KeyTip label={t("composer.attach")}>
            <ActionIcon {...props} aria-label={t("composer.attach")} data-testid="attach">
              <IconPaperclip size={18} />
            </ActionIcon>
          </KeyTip>
        )}
      </FileButton>
      <KeyTip label={t("canned.pick")} keys="/">
        <ActionIcon aria-label={t("canned.pick")} onClick={() => onAsk("/")} data-testid="pick-canned">
          <IconBolt size={18} />
        </ActionIcon>
      </KeyTip>
      <LadderButton conversation={conversation} onSay={onSay} />
      {kind === "note" && (
        <KeyTip label={t("composer.people")} keys="@">
          <ActionIcon aria-label={t("composer.people")} onClick={() => onAsk("@")} data-testid="pick-person">
            <IconAt size={18} />
          </ActionIcon>
        </KeyTip>
      )}
      {!phone && (
        <KeyTip label={t("format.label")}>
          <ActionIcon aria-label={t("format.label")} aria-pressed={formats} onClick={() => onFormats(!formats)} data-testid="format">
            <IconTypography size={18} />
          </ActionIcon>
        </KeyTip>
      )}
    </Group>
  );
}
