/** The editor with bold and lists and links. It comes after the page; the plain field writes until then. */

import { Box, Text } from "@mantine/core";
import { Editor } from "@tiptap/core";
import { useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef, useState, type Ref } from "react";
import { flushSync } from "react-dom";
import type { RichDocument } from "@sonnim/protocol";
import { run } from "../../../app/commands";
import { documentOf, same, type Content } from "../content";
import type { FieldProps, Writer } from "../field";
import { sends } from "../sends";
import { fromEditor, placeOf, toEditor } from "./convert";
import { extensions } from "./extensions";
import { triggerIn } from "./trigger";

interface Props extends FieldProps {
  ref: Ref<Writer>;
  /** Where the plain field was being written in when this one took its place. */
  begin: { from: number; to: number } | null;
}

export default function RichEditor(props: Props) {
  const { content, label, placeholder, disabled, phone, high = false, begin, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const shown = useRef<Content>(content);

  const asked = useEffectEvent((now: Editor) => {
    const { $from, empty } = now.state.selection;
    const inCode = now.isActive("codeBlock") || now.isActive("code");
    const before = empty && !inCode ? $from.parent.textBetween(0, $from.parentOffset, "\n", "\ufffc") : "";
    props.onTrigger(triggerIn(before, $from.pos));
  });
  const changed = useEffectEvent((now: Editor) => {
    const said = fromEditor(now.getJSON());
    shown.current = { ...shown.current, ...said };
    // Drawn before the next key comes: an older content, drawn later, would be taken for somebody else's words.
    flushSync(() => props.onWrite(said));
    asked(now);
  });
  const blurred = useEffectEvent(() => props.onBlur());
  const told = useEffectEvent((now: Editor | null) => props.onEditor(now));
  const pressed = useEffectEvent((now: Editor, event: KeyboardEvent): boolean => {
    if (now.view.composing || event.isComposing || event.keyCode === 229) return false;
    if (props.onKey(event)) return true;
    if (event.key === "Escape") {
      now.commands.blur();
      return true;
    }
    if (event.key !== "Enter") return false;
    // The editor keeps every Enter from the screen, these too.
    if (event.altKey) return run("sendLater");
    if (event.shiftKey && (event.ctrlKey || event.metaKey)) return run("sendSnooze");
    if (!phone && sends({ ...keyOf(event), nativeEvent: event }, false)) {
      props.onEnter(event);
      return true;
    }
    return newLine(now);
  });

  useEffect(() => {
    const now: Editor = new Editor({
      element: host.current!,
      extensions: extensions(),
      content: toEditor(documentOf(shown.current)),
      editorProps: {
        attributes: {
          role: "textbox",
          "aria-label": label, // from the beginning, and kept when the editor writes its attributes anew
          "aria-multiline": "true",
          dir: "auto",
          "data-testid": "composer-input",
        },
        handleKeyDown: (_view, event): boolean => pressed(now, event),
      },
      onUpdate: () => changed(now),
      onSelectionUpdate: () => asked(now),
      onBlur: () => blurred(),
    });
    if (begin) {
      const text = shown.current.rich ? null : shown.current.text;
      const range = text === null ? "end" : { from: placeOf(text, begin.from), to: placeOf(text, begin.to) };
      now.commands.setTextSelection(range === "end" ? now.state.doc.content.size : range);
      // At once: the editor's own command waits for the next frame, the writer's keys do not.
      now.view.focus();
    }
    setEditor(now);
    told(now);
    return () => {
      told(null);
      now.destroy();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- made once; what changes later is told to it below
  }, []);

  // With the drawing itself: a moment later the next key may have come, and this content would be an old one.
  useLayoutEffect(() => {
    if (!editor || same(content, { ...shown.current, kind: content.kind, attachments: content.attachments, envelope: content.envelope ?? null })) return;
    shown.current = content;
    editor.commands.setContent(toEditor(documentOf(content)), { emitUpdate: false });
    if (editor.isFocused) editor.commands.focus("end");
  }, [editor, content]);

  useEffect(() => editor?.setEditable(!disabled, false), [editor, disabled]);
  useEffect(() => {
    if (!editor) return;
    editor.view.dom.setAttribute("aria-label", label);
    editor.view.dom.setAttribute("aria-disabled", String(disabled));
    Object.assign(editor.view.dom.style, {
      outline: "none",
      overflowY: "auto",
      overflowWrap: "anywhere",
      whiteSpace: "pre-wrap",
      minHeight: high ? "170px" : phone ? "24px" : "48px",
      maxHeight: high ? "42vh" : phone ? "150px" : "290px",
      fontSize: phone ? "16px" : "var(--mantine-font-size-sm)",
      lineHeight: "1.55",
    });
  }, [editor, label, disabled, phone, high]);

  useImperativeHandle(ref, () => ({
    focus: () => editor?.commands.focus("end"),
    put: (document, range) => editor && insert(editor, document, range),
  }), [editor]);

  return (
    <Box px={6} py={4} pos="relative">
      {!content.text && (
        <Text
          pos="absolute"
          top={4}
          left={6}
          right={6}
          fz={phone ? 16 : "sm"}
          lh={1.55}
          c="var(--mantine-color-placeholder)"
          truncate
          aria-hidden="true"
          style={{ pointerEvents: "none" }}
        >
          {placeholder}
        </Text>
      )}
      <Box ref={host} pos="relative" />
    </Box>
  );
}

function keyOf({ key, shiftKey, altKey }: KeyboardEvent) {
  return { key, shiftKey, altKey };
}

/** A new item in a list, a new line elsewhere; an empty item ends the list. */
function newLine(editor: Editor): boolean {
  if (editor.isActive("codeBlock")) return editor.commands.newlineInCode();
  if (editor.isActive("listItem")) return editor.commands.splitListItem("listItem") || editor.commands.liftListItem("listItem");
  const { parent } = editor.state.selection.$from;
  if (editor.isActive("blockquote") && !parent.content.size) return editor.commands.lift("blockquote");
  return editor.commands.splitBlock();
}

/** Puts a document where the cursor is, or in the place of a range; one line goes into the line. */
function insert(editor: Editor, document: RichDocument, range?: { from: number; to: number }): void {
  const nodes = toEditor(document).content ?? [];
  const inline = nodes.length === 1 && nodes[0]?.type === "paragraph" ? (nodes[0].content ?? []) : nodes;
  const { from, to } = range ?? editor.state.selection;
  editor.chain().focus().insertContentAt({ from, to }, inline as never, { updateSelection: true }).run();
}
