/** A new letter: to a contact or to any address, with files and ready answers. Closing it keeps what was written. */

import { ActionIcon, Alert, Box, Button, FileButton, Group, Modal, Stack, Text } from "@mantine/core";
import type { Attachment, Locale } from "@sonnim/protocol";
import { IconBolt, IconPaperclip, IconSend2, IconTrash } from "@tabler/icons-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";
import { shownKeys } from "../../app/commands";
import { useConversation, useDesk, useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { useIsPhone } from "../../app/viewport";
import { KeyTip } from "../../ui/KeyTip";
import { attempt, toastError, toastUndo } from "../../ui/toast";
import { Chips } from "../composer/Chips";
import { isEmpty } from "../composer/content";
import type { Trigger } from "../composer/editor/trigger";
import type { Writer } from "../composer/field";
import { gapIn } from "../composer/fill";
import { hasSaid } from "../composer/said";
import { Suggestions, type Chooser } from "../composer/Suggestions";
import { placed } from "../composer/uploads";
import { useUploads } from "../composer/useUploads";
import { WritingField } from "../composer/WritingField";
import { AddressFields } from "./AddressFields";
import { faultOf } from "./addressing";
import { writeLetter, type AskedLetter } from "./asked";
import { useSenders } from "./senders";
import { useForward } from "./useForward";
import { numberOf, useNewLetter, type Written } from "./useNewLetter";

const NOTHING = () => undefined;

export default function NewLetter({ asked, onClose }: { asked: AskedLetter; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const [, go] = useLocation();
  const phone = useIsPhone();
  const senders = useSenders();
  const channel = useDeskState((state) => state.channels.find((each) => each.letters));
  const shopLocale = useDeskState((state) => state.shop.locale) as Locale;
  const desk = useDesk();
  const { id: reader = 0, locale = shopLocale } = asked.contact ?? {};
  const talk = useMemo(() => ({ id: null, contact_id: reader, locale }), [reader, locale]);
  const letter = useNewLetter(asked);
  const { written, change } = letter;
  const about = useConversation(asked.forward?.conversation_id ?? null)?.subject ?? "";
  useForward(letter.resumed ? undefined : asked.forward, about, letter.put);
  const [busy, setBusy] = useState(false);
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  const field = useRef<Writer>(null);
  const chooser = useRef<Chooser>(null);
  const setAttachments = useCallback(
    (make: (now: readonly Attachment[]) => readonly Attachment[]) => change((now) => ({ ...now, attachments: make(now.attachments) })),
    [change],
  );
  const added = useCallback((item: Attachment) => setAttachments((now) => placed(now, item)), [setAttachments]);
  const uploads = useUploads(numberOf(asked), written.attachments.length, channel?.max_files ?? 10, added);

  const why = faultIn(written, uploads.running.length > 0);
  const able = !busy && senders !== null && senders.length > 0;
  const ready = !why && able;
  const send = () => {
    // An address that the same key has just finished is written, but not drawn yet.
    if (!able || faultIn(letter.current(), uploads.running.length > 0)) return;
    setBusy(true);
    const said = letter.current().text;
    letter.send().then(
      ({ conversation, takeBack }) => {
        hasSaid(desk, talk, said, conversation);
        toastUndo(words, t("newLetter.left"), () => void attempt(words, takeBack).then((done) => done && writeLetter(asked)));
        onClose();
        go(`/inbox/all/${conversation}`);
      },
      (error: unknown) => {
        setBusy(false);
        toastError(words, error);
      },
    );
  };
  const discard = () => {
    letter.discard();
    onClose();
  };
  const asks = trigger?.sign === "/" ? trigger : null;
  return (
    <Modal
      opened
      onClose={onClose}
      size={760}
      fullScreen={phone}
      title={t(asked.forward ? "newLetter.forward" : "newLetter.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
      onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing && send()}
    >
      <Stack gap="sm" data-testid="new-letter">
        {senders?.length === 0 && (
          <Alert color="gray" data-testid="no-mailbox">
            {t("newLetter.noMailbox")}
          </Alert>
        )}
        <AddressFields
          value={written.envelope}
          senders={senders ?? []}
          autoFocus={!written.envelope.to.length}
          onChange={(envelope) => change((now) => ({ ...now, envelope }))}
        />
        {asks && (
          <Suggestions
            ref={chooser}
            conversation={talk}
            trigger={asks}
            onChoose={(document) => {
              field.current?.put(document, { from: asks.from, to: asks.to });
              setTrigger(null);
            }}
            onClose={() => setTrigger(null)}
          />
        )}
        <Box bdrs="md" bd="1px solid var(--sonnim-line)" p={6} mih={180} onClick={() => field.current?.focus()}>
          <Chips draft={{ attachments: written.attachments, setAttachments }} uploads={uploads} />
          <WritingField
            ref={field}
            content={written}
            label={t("newLetter.text")}
            placeholder={t("newLetter.text")}
            disabled={busy}
            // As on a phone: in a letter, Enter is a new line.
            phone
            high
            onWrite={(said) => change((now) => ({ ...now, ...said }))}
            onEnter={send}
            onKey={(event) => asks !== null && (chooser.current?.key(event) ?? false)}
            onTrigger={setTrigger}
            onBlur={NOTHING}
            onEditor={NOTHING}
          />
        </Box>
        <Group justify="space-between" wrap="nowrap">
          <Group gap={4} wrap="nowrap">
            <FileButton multiple onChange={uploads.add}>
              {(props) => (
                <KeyTip label={t("composer.attach")}>
                  <ActionIcon {...props} aria-label={t("composer.attach")}>
                    <IconPaperclip size={18} />
                  </ActionIcon>
                </KeyTip>
              )}
            </FileButton>
            <KeyTip label={t("canned.pick")} keys="/">
              <ActionIcon
                aria-label={t("canned.pick")}
                onClick={() => field.current?.put([{ type: "paragraph", content: [{ type: "text", text: "/" }] }])}
              >
                <IconBolt size={18} />
              </ActionIcon>
            </KeyTip>
            <KeyTip label={t("newLetter.discard")}>
              <ActionIcon aria-label={t("newLetter.discard")} onClick={discard} data-testid="letter-discard">
                <IconTrash size={18} />
              </ActionIcon>
            </KeyTip>
          </Group>
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Text fz="xs" c="dimmed" ta="end">
              {!isEmpty(written) && why ? t(why) : phone ? "" : t("newLetter.keys", { keys: shownKeys("Mod+Enter") })}
            </Text>
            <Button leftSection={<IconSend2 size={17} />} disabled={!ready} loading={busy} onClick={send} style={{ flexShrink: 0 }} data-testid="letter-send">
              {t("newLetter.send")}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}

function faultIn(written: Written, uploading: boolean) {
  if (!written.envelope.to.length) return "newLetter.needsAddress";
  const fault = faultOf(written.envelope);
  if (fault) return fault;
  if (!written.envelope.subject.trim()) return "newLetter.needsSubject";
  if (isEmpty(written)) return "newLetter.needsText";
  if (uploading) return "composer.uploading";
  return gapIn(written.text) ? "newLetter.gap" : "";
}
