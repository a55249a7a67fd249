/** The composer: an answer or a note, saved while it is written, sent with Enter once the input method is done. */

import { Box, Group } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import type { Attachment, Conversation } from "@sonnim/protocol";
import type { Editor } from "@tiptap/core";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, type ClipboardEvent, type DragEvent } from "react";
import { keyOf, useCommand } from "../../app/commands";
import { useChannel, useContact, useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { faultOf } from "../letters/addressing";
import { hasOffered } from "../ladder/noting";
import { Chips } from "./Chips";
import type { Gate } from "./coach/useGate";
import { fromPlain, isEmpty, type Content, type Kind } from "./content";
import type { Writer } from "./field";
import { gapIn } from "./fill";
import { Hint } from "./Hint";
import { obstacle } from "./obstacle";
import { LateSuggestions } from "./LateSuggestions";
import { loadSuggestions, tellSaid } from "./loadSuggestions";
import { SendMenu, type Opened } from "./SendMenu";
import type { Chooser } from "./Suggestions";
import { Toolbar } from "./Toolbar";
import { Tools } from "./Tools";
import type { Trigger } from "./editor/trigger";
import { useArrival } from "./useArrival";
import { useDraft } from "./useDraft";
import { useSending, type Then } from "./useSending";
import { useToolbar } from "./useToolbar";
import { useTypingSignal } from "./useTypingSignal";
import { placed } from "./uploads";
import { useUploads } from "./useUploads";
import { Waiting } from "./Waiting";
import { WritingField } from "./WritingField";

const CoachCorner = lazy(() => import("./coach/CoachCorner"));
const MacroOffers = lazy(() => import("../macros/MacroOffers"));
const NoteStrip = lazy(() => import("../ladder/NoteStrip").then((found) => ({ default: found.NoteStrip })));
const OfferStrip = lazy(() => import("../promises/OfferStrip").then((found) => ({ default: found.OfferStrip })));
const RecipientsLine = lazy(() => import("../letters/RecipientsLine"));

const MAX_TEXT = 20_000;
const MAX_FILES = 10;

export function Composer({ conversation, phone }: { conversation: Conversation; phone: boolean }) {
  const { t } = useWords();
  const { id } = conversation;
  const desk = useDesk();
  const own = useMemo(() => [id], [id]);
  const contact = useContact(conversation.contact_id);
  const mayReply = useMay("conversation.reply");
  const mayNote = useMay("conversation.note");
  const mayResolve = useMay("conversation.resolve");
  const down = useDeskState((state) => state.link !== "live");
  const channel = useChannel(conversation.channel);
  const draft = useDraft(id);
  const { kind, setAttachments, restore } = draft;
  const note = kind === "note";
  const [dropping, setDropping] = useState(false);
  const [opened, setOpened] = useState<Opened>(null);
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  const [refused, setRefused] = useState<number | null>(null);
  const [formats, setFormats] = useToolbar();
  const [editor, setEditor] = useState<Editor | null>(null);
  const { ref: room, width } = useElementSize();
  const field = useRef<Writer>(null);
  const chooser = useRef<Chooser>(null);
  const coach = useRef<Gate>(null);
  const typing = useTypingSignal(id, !note && (channel?.typing ?? false));
  const added = useCallback((item: Attachment) => setAttachments((now) => placed(now, item)), [setAttachments]);
  const uploads = useUploads(id, draft.attachments.length, channel?.max_files ?? MAX_FILES, added);
  const maxText = channel?.max_text ?? MAX_TEXT;
  const left = maxText - draft.text.length;
  const back = useCallback(
    (content: Content) => {
      restore(content);
      field.current?.focus();
    },
    [restore],
  );
  const sending = useSending(conversation, back);
  useEffect(() => void loadSuggestions(), []);
  useArrival(id, draft);

  const focusAs = (next: Kind) => {
    draft.setKind(next);
    field.current?.focus();
  };
  useCommand("reply", () => focusAs("message"));
  useCommand("note", () => focusAs("note"));

  const blocked = contact?.blocked === true && !note;
  const gap = note ? null : gapIn(draft.text);
  const letter = !note && (channel?.letters ?? false);
  const fault = letter && draft.envelope ? faultOf(draft.envelope) : "";
  const forbidden = !(note ? mayNote : mayReply);
  const why = obstacle(t, { blocked, forbidden, left, uploading: uploads.running.length > 0, gap, fault });
  const empty = isEmpty(draft);
  const ready = !why && !empty;
  useCommand("sendSnooze", () => setOpened("snooze"), ready && !note && mayResolve);
  useCommand("sendLater", () => setOpened("later"), ready && !note);

  const leave = (how: (content: Content) => void, resolving = false) => {
    if (!ready) return;
    setOpened(null);
    if (!coach.current?.holds(resolving, () => go(how))) go(how);
  };
  const go = (how: (content: Content) => void) => {
    // The key that sends can come in the same breath as the last letters.
    const content = draft.latest();
    draft.clear();
    typing.stop();
    how(content);
    if (!note) {
      tellSaid(desk, conversation, content.text);
      hasOffered(id, content.text);
    }
    field.current?.focus();
  };
  const send = (then: Then) => leave((content) => sending.send(content, then), then?.what === "resolve");

  const asks = trigger && trigger.from !== refused && (trigger.sign === "/" || note) ? trigger : null;
  const insert = (document: Parameters<Writer["put"]>[0]) => {
    if (!trigger) return;
    field.current?.put(document, { from: trigger.from, to: trigger.to });
    setTrigger(null);
  };

  const say = (text: string) => {
    if (note) draft.setKind("message");
    field.current?.put(fromPlain(text));
    field.current?.focus();
  };

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
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        setDropping(false);
        uploads.add([...event.dataTransfer.files]);
      }}
      data-testid="composer"
    >
      <Waiting conversation={conversation} sending={sending} restore={back} />
      <Suspense fallback={null}>
        <MacroOffers ids={own} onSay={say} />
      </Suspense>
      {mayReply && (
        <Suspense fallback={null}>
          <NoteStrip conversation={id} />
          <OfferStrip key={id} conversation={conversation} />
        </Suspense>
      )}
      {asks && (
        <LateSuggestions
          ref={chooser}
          conversation={conversation}
          trigger={asks}
          onChoose={insert}
          onClose={() => setRefused(asks.from)}
          onSay={say}
        />
      )}
      <Box
        bdrs="lg"
        bg={note ? "var(--sonnim-note)" : "var(--sonnim-panel)"}
        bd={dropping ? "2px dashed var(--sonnim-accent)" : `1px solid var(${note ? "--sonnim-note-line" : "--sonnim-line"})`}
        p={8}
        onPasteCapture={(event: ClipboardEvent) => {
          const files = [...event.clipboardData.files];
          if (!files.length) return;
          event.preventDefault();
          event.stopPropagation();
          uploads.add(files);
        }}
      >
        {letter && (
          <Suspense fallback={<Box h={26} />}>
            <RecipientsLine conversation={conversation} chosen={draft.envelope ?? null} onChoose={draft.address} />
          </Suspense>
        )}
        <Chips draft={draft} uploads={uploads} />
        {formats && editor && <Toolbar editor={editor} />}
        <WritingField
          ref={field}
          content={draft}
          label={note ? t("composer.note") : t("composer.reply")}
          placeholder={note ? t("composer.notePlaceholder") : t("composer.placeholder", { name: contact?.name ? t("person", { name: contact.name }) : t("contact.nameless") })}
          disabled={blocked}
          phone={phone}
          onWrite={(said) => {
            draft.write(said);
            typing.key(said.text !== "");
          }}
          onEnter={(event) => send(mayResolve && !note && (event.ctrlKey || event.metaKey) ? { what: "resolve" } : null)}
          onKey={(event) => asks !== null && (chooser.current?.key(event) ?? false)}
          onTrigger={(next) => {
            setTrigger(next);
            if (!next) setRefused(null);
          }}
          onBlur={typing.stop}
          onEditor={setEditor}
        />
        <Group ref={room} justify="space-between" gap={8} wrap="nowrap" mt={4}>
          <Tools
            kind={kind}
            phone={phone}
            formats={formats}
            onKind={focusAs}
            onFiles={uploads.add}
            onFormats={setFormats}
            conversation={id}
            onSay={say}
            onAsk={(sign) => field.current?.put([{ type: "paragraph", content: [{ type: "text", text: sign }] }])}
          />
          <Group gap={2} wrap="nowrap">
            <Suspense fallback={null}>{mayReply && <CoachCorner ref={coach} conversation={conversation} draft={draft} editor={editor} phone={phone} />}</Suspense>
            <SendMenu
              conversation={conversation}
              note={note}
              ready={ready}
              why={why}
              phone={phone}
              narrow={width < 620}
              opened={opened}
              onOpen={setOpened}
              onSend={send}
              onLater={(at) => leave((content) => void sending.sendLater(content, at))}
            />
          </Group>
        </Group>
      </Box>
      <Hint conversation={conversation} why={why} down={down} draft={empty ? "idle" : draft.state} left={left < maxText / 20 ? left : null} phone={phone} keys={t("composer.keys", { reply: keyOf("reply"), note: keyOf("note") })} />
    </Box>
  );
}
