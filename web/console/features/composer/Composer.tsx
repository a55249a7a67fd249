/** The composer: an answer or a note, saved while it is written, sent with Enter once the input method is done. */

import { ActionIcon, Box, Button, FileButton, Group, SegmentedControl, Text, Textarea } from "@mantine/core";
import type { Attachment, Conversation } from "@sonnim/protocol";
import { IconCheck, IconPaperclip, IconSend2 } from "@tabler/icons-react";
import { useCallback, useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent } from "react";
import { resolve } from "../../app/desk/actions";
import { useChannel, useContact, useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { KeyTip } from "../../ui/KeyTip";
import { attempt } from "../../ui/toast";
import { keyOf, useCommand } from "../inbox/keys";
import { Chips } from "./Chips";
import { useDraft } from "./useDraft";
import { useTypingSignal } from "./useTypingSignal";
import { useUploads } from "./useUploads";

const MAX_TEXT = 20_000;
const MAX_FILES = 10;

/** Enter sends; not with Shift, and not while Korean or Chinese letters are being put together. */
export function sends(event: Pick<KeyboardEvent, "key" | "shiftKey" | "nativeEvent" | "altKey">, composing: boolean): boolean {
  const { isComposing, keyCode } = event.nativeEvent;
  // Safari ends the composition before the key press of its Enter; that one has keyCode 229.
  return event.key === "Enter" && !event.shiftKey && !event.altKey && !isComposing && !composing && keyCode !== 229;
}

export function Composer({ conversation, phone }: { conversation: Conversation; phone: boolean }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const { id } = conversation;
  const contact = useContact(conversation.contact_id);
  const mayReply = useMay("conversation.reply");
  const mayNote = useMay("conversation.note");
  const mayResolve = useMay("conversation.resolve");
  const down = useDeskState((state) => state.link !== "live");
  const channel = useChannel(conversation.channel);
  const draft = useDraft(id);
  const [kind, setKind] = useState<"message" | "note">("message");
  const [dropping, setDropping] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const composing = useRef(false);
  const typing = useTypingSignal(id, kind === "message" && (channel?.typing ?? false));
  const { setAttachments } = draft;
  const added = useCallback((item: Attachment) => setAttachments((now) => [...now, item]), [setAttachments]);
  const uploads = useUploads(draft.attachments.length, channel?.max_files ?? MAX_FILES, added);
  const maxText = channel?.max_text ?? MAX_TEXT;
  const left = maxText - draft.text.length;

  const focusAs = (next: "message" | "note") => {
    setKind(next);
    input.current?.focus();
  };
  useCommand("reply", () => focusAs("message"));
  useCommand("note", () => focusAs("note"));

  const blocked = contact?.blocked === true && kind === "message";
  const empty = !draft.text.trim() && !draft.attachments.length;
  const why = blocked
    ? t("composer.blocked")
    : (kind === "message" ? mayReply : mayNote)
      ? left < 0
        ? t("composer.tooLong", { count: -left })
        : uploads.running.length
          ? t("composer.uploading")
          : ""
      : t("composer.forbidden");
  const ready = !why && !empty;

  const send = (andResolve = false) => {
    if (!ready) return;
    const message = { conversation: id, kind, text: draft.text.trim(), attachments: [...draft.attachments] };
    desk.send(message, andResolve ? () => void attempt(words, () => resolve(desk, id)) : undefined);
    draft.clear();
    typing.stop();
    setKind("message");
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") event.currentTarget.blur();
    // On a phone Enter is the only way to a new line.
    if (!sends(event, composing.current) || phone) return;
    event.preventDefault();
    send(event.ctrlKey || event.metaKey ? mayResolve : false);
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    uploads.add(files);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    uploads.add([...event.dataTransfer.files]);
  };
  const note = kind === "note";
  return (
    <Box
      px={phone ? "xs" : "md"}
      pb={phone ? "calc(8px + env(safe-area-inset-bottom))" : "md"}
      pt={4}
      maw={860}
      w="100%"
      mx="auto"
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
      data-testid="composer"
    >
      <Box
        bdrs="lg"
        bg={note ? "var(--sonnim-note)" : "var(--sonnim-panel)"}
        bd={dropping ? "2px dashed var(--sonnim-accent)" : `1px solid var(${note ? "--sonnim-note-line" : "--sonnim-line"})`}
        p={8}
      >
        <Chips draft={draft} uploads={uploads} />
        <Textarea
          ref={input}
          variant="unstyled"
          autosize
          minRows={phone ? 1 : 2}
          maxRows={phone ? 6 : 12}
          px={6}
          value={draft.text}
          disabled={blocked}
          dir="auto"
          placeholder={note ? t("composer.notePlaceholder") : t("composer.placeholder", { name: contact?.name ? t("person", { name: contact.name }) : t("contact.nameless") })}
          aria-label={note ? t("composer.note") : t("composer.reply")}
          onChange={(event) => {
            draft.setText(event.currentTarget.value);
            typing.key(event.currentTarget.value !== "");
          }}
          onBlur={typing.stop}
          onCompositionStart={() => void (composing.current = true)}
          onCompositionEnd={() => void (composing.current = false)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          data-testid="composer-input"
        />
        <Group justify="space-between" gap={8} wrap="nowrap" mt={4}>
          <Group gap={6} wrap="nowrap">
            <SegmentedControl
              size="xs"
              value={kind}
              onChange={(value) => focusAs(value as "message" | "note")}
              data={[
                { value: "message", label: t("composer.reply") },
                { value: "note", label: t("composer.note"), disabled: !mayNote },
              ]}
              aria-label={t("composer.kind")}
              data-testid="composer-kind"
            />
            <FileButton multiple onChange={(files) => uploads.add(files)}>
              {(props) => (
                <KeyTip label={t("composer.attach")}>
                  <ActionIcon {...props} aria-label={t("composer.attach")} data-testid="attach">
                    <IconPaperclip size={18} />
                  </ActionIcon>
                </KeyTip>
              )}
            </FileButton>
          </Group>
          <Group gap={6} wrap="nowrap">
            {mayResolve && !note && conversation.status !== "resolved" && (
              <KeyTip label={t("composer.sendResolve")} keys="Ctrl Enter">
                <Button
                  variant="default"
                  size="xs"
                  px={phone ? 8 : undefined}
                  leftSection={phone ? undefined : <IconCheck size={15} />}
                  disabled={!ready}
                  onClick={() => send(true)}
                  aria-label={t("composer.sendResolve")}
                  data-testid="send-resolve"
                >
                  {phone ? <IconCheck size={17} /> : t("composer.sendResolve")}
                </Button>
              </KeyTip>
            )}
            <KeyTip label={why || (note ? t("composer.saveNote") : t("composer.send"))} keys={why ? undefined : "Enter"}>
              <Button
                size="xs"
                disabled={!ready}
                onClick={() => send()}
                rightSection={<IconSend2 size={16} />}
                data-testid="send"
              >
                {note ? t("composer.saveNote") : t("composer.send")}
              </Button>
            </KeyTip>
          </Group>
        </Group>
      </Box>
      <Hint why={why} down={down} draft={empty ? "idle" : draft.state} left={left < maxText / 20 ? left : null} phone={phone} />
    </Box>
  );
}

interface HintProps {
  why: string;
  down: boolean;
  draft: string;
  left: number | null;
  phone: boolean;
}

function Hint({ why, down, draft, left, phone }: HintProps) {
  const { t } = useWords();
  const text =
    why ||
    (left !== null && left >= 0 ? t("composer.left", { count: left }) : "") ||
    (down ? t("composer.offline") : "") ||
    (draft === "saved" ? t("composer.draftSaved") : "");
  return (
    <Group justify="space-between" px={8} h={20} wrap="nowrap" hiddenFrom={phone && !text ? "xs" : undefined}>
      <Text fz="xs" c={why ? "var(--mantine-color-error)" : "dimmed"} role="status" truncate data-testid="composer-hint">
        {text}
      </Text>
      <Text fz="xs" c="dimmed" visibleFrom="md" style={{ whiteSpace: "nowrap" }} aria-hidden="true">
        {t("composer.keys", { reply: keyOf("reply"), note: keyOf("note") })}
      </Text>
    </Group>
  );
}
