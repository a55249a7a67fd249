/** The field in which one writes: plain at once, with formatting as soon as its editor has arrived. */

import { Textarea } from "@mantine/core";
import { plainOf } from "@sonnim/protocol";
import { useEffect, useImperativeHandle, useRef, useState, type ComponentType, type Ref } from "react";
import { flushSync } from "react-dom";
import type { FieldProps, Writer } from "./field";
import { loadEditor, type EditorView } from "./loadEditor";
import { sends } from "./sends";

interface Props extends FieldProps {
  ref: Ref<Writer>;
}

let arrived: ComponentType<EditorView> | null = null;

export function WritingField({ ref, ...field }: Props) {
  const [Editor, setEditor] = useState<ComponentType<EditorView> | null>(() => arrived);
  const [begin, setBegin] = useState<EditorView["begin"]>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const composing = useRef(false);
  const waiting = useRef<(() => void) | null>(null);

  useEffect(() => {
    if (arrived) return;
    let gone = false;
    void loadEditor().then(
      ({ default: view }) => {
        const swap = () => {
          arrived = view;
          if (gone) return;
          const place = input.current;
          const writing = place !== null && document.activeElement === place;
          // At once: a key pressed between the two fields would be lost, or taken for a command.
          flushSync(() => {
            if (writing) setBegin({ from: place.selectionStart, to: place.selectionEnd });
            setEditor(() => view);
          });
        };
        // Letters that are being put together belong to the field in which that began.
        if (composing.current) waiting.current = swap;
        else swap();
      },
      // Offline, or replaced by a newer release: one writes plain text until the next visit.
      () => undefined,
    );
    return () => void (gone = true);
  }, []);

  useImperativeHandle(
    Editor ? null : ref,
    () => ({
      focus: () => input.current?.focus(),
      put: (document) => field.onWrite({ text: plainOf(document), rich: null }),
    }),
    [field],
  );

  if (Editor) return <Editor {...field} ref={ref} begin={begin} />;
  return (
    <Textarea
      ref={input}
      variant="unstyled"
      autosize
      minRows={field.phone ? 1 : 2}
      maxRows={field.phone ? 6 : 12}
      px={6}
      value={field.content.text}
      disabled={field.disabled}
      dir="auto"
      placeholder={field.placeholder}
      aria-label={field.label}
      onChange={(event) => field.onWrite({ text: event.currentTarget.value, rich: null })}
      onBlur={field.onBlur}
      onCompositionStart={() => void (composing.current = true)}
      onCompositionEnd={() => {
        composing.current = false;
        // After the letters have been written.
        if (waiting.current) setTimeout(waiting.current);
        waiting.current = null;
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.nativeEvent.isComposing) event.currentTarget.blur();
        // On a phone Enter is the only way to a new line.
        if (!sends(event, composing.current) || field.phone) return;
        event.preventDefault();
        field.onEnter(event);
      }}
      data-testid="composer-input"
    />
  );
}
