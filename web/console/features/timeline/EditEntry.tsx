/** Another wording for one's own line, in its place. Enter saves, Escape leaves it as it was. */

import { Box, Button, Group, Stack, Textarea } from "@mantine/core";
import { richOf, type Entry, type RichDocument } from "@sonnim/protocol";
import { useEffect, useRef, useState } from "react";
import { useDesk } from "../../app/desk/context";
import { editEntry } from "../../app/desk/wording";
import { useWords } from "../../app/i18n";
import { useIsPhone } from "../../app/viewport";
import { attempt } from "../../ui/toast";
import type { Content } from "../composer/content";
import type { Writer } from "../composer/field";
import { sends } from "../composer/sends";
import { WritingField } from "../composer/WritingField";
import { useScene } from "./scene";

const FOCUS_AFTER = 60;
const NOTHING = () => undefined;

interface Said {
  text: string;
  rich: RichDocument | null;
}

/** By entry: a row that scrolls out of view is gone, what was written in it must not be. */
const unsaved = new Map<number, Said>();

export function EditEntry({ entry }: { entry: Entry }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const scene = useScene();
  const [comesBack] = useState(() => unsaved.has(entry.id));
  const [said, setSaid] = useState<Said>(
    () => unsaved.get(entry.id) ?? { text: entry.text, rich: richOf({ data: entry.data as Record<string, unknown> }) },
  );
  const [rich] = useState(said.rich !== null);
  const [busy, setBusy] = useState(false);
  const { text } = said;
  const write = (now: Said) => {
    unsaved.set(entry.id, now);
    setSaid(now);
  };
  const end = () => {
    unsaved.delete(entry.id);
    scene.endEditing();
  };
  const save = () => {
    if (!text.trim() || busy) return;
    setBusy(true);
    void attempt(words, () => editEntry(desk, entry, said)).then((done) => {
      setBusy(false);
      if (done) end();
    });
  };
  const field = { text, label: t("entry.editLabel"), takesFocus: !comesBack, onEnter: save, onEscape: end };
  return (
    <Stack gap={6} w={{ base: 260, sm: 420 }} data-testid="edit-entry">
      {rich ? (
        <Formatted {...field} kind={entry.kind === "note" ? "note" : "message"} rich={said.rich} onWrite={write} />
      ) : (
        <Plain {...field} onWrite={(now) => write({ text: now, rich: null })} />
      )}
      <Group gap={6} justify="flex-end">
        <Button size="compact-sm" variant="default" onClick={end}>
          {t("common.cancel")}
        </Button>
        <Button size="compact-sm" onClick={save} loading={busy} disabled={!text.trim()} data-testid="edit-save">
          {t("common.save")}
        </Button>
      </Group>
    </Stack>
  );
}

interface FieldProps {
  text: string;
  label: string;
  /** When it is opened, not when scrolling brings it back. */
  takesFocus: boolean;
  onEnter: () => void;
  onEscape: () => void;
}

function Plain({ text, label, takesFocus, onEnter, onEscape, onWrite }: FieldProps & { onWrite: (text: string) => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!takesFocus) return undefined;
    // The menu that led here gives the focus back to its button first.
    const timer = setTimeout(() => {
      field.current?.focus();
      field.current?.setSelectionRange(text.length, text.length);
    }, FOCUS_AFTER);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- when it opens; later the writer knows best where to be
  }, []);
  return (
    <Textarea
      ref={field}
      value={text}
      onChange={(event) => onWrite(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (sends(event, false)) {
          event.preventDefault();
          onEnter();
        }
        if (event.key === "Escape" && !event.nativeEvent.isComposing) {
          event.stopPropagation();
          onEscape();
        }
      }}
      autosize
      minRows={1}
      maxRows={12}
      dir="auto"
      aria-label={label}
      data-testid="edit-text"
    />
  );
}

interface FormattedProps extends FieldProps {
  kind: Content["kind"];
  rich: RichDocument | null;
  onWrite: (said: Said) => void;
}

/** What was said with bold and lists keeps them. */
function Formatted({ text, rich, kind, label, takesFocus, onEnter, onEscape, onWrite }: FormattedProps) {
  const phone = useIsPhone();
  const writer = useRef<Writer>(null);
  useEffect(() => {
    if (!takesFocus) return undefined;
    const timer = setTimeout(() => writer.current?.focus(), FOCUS_AFTER);
    return () => clearTimeout(timer);
  }, [takesFocus]);
  return (
    <Box px={6} py={2} bg="var(--sonnim-panel)" bd="1px solid var(--sonnim-accent)" bdrs="md" data-testid="edit-rich">
      <WritingField
        ref={writer}
        content={{ text, rich, attachments: [], kind }}
        label={label}
        placeholder=""
        disabled={false}
        phone={phone}
        onWrite={onWrite}
        onEnter={onEnter}
        onKey={(event) => {
          if (event.key !== "Escape") return false;
          event.stopPropagation();
          onEscape();
          return true;
        }}
        onTrigger={NOTHING}
        onBlur={NOTHING}
        onEditor={NOTHING}
      />
    </Box>
  );
}
