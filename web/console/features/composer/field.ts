/** What the composer and the field in which one writes say to each other. */

import type { RichDocument } from "@sonnim/protocol";
import type { Editor } from "@tiptap/core";
import type { Content } from "./content";
import type { Trigger } from "./editor/trigger";

export interface FieldProps {
  content: Content;
  label: string;
  placeholder: string;
  disabled: boolean;
  phone: boolean;
  /** A letter is written, not a line: the field is high, whatever the screen. */
  high?: boolean;
  onWrite: (said: Pick<Content, "text" | "rich">) => void;
  /** Enter that is no new line. */
  onEnter: (event: Pick<KeyboardEvent, "ctrlKey" | "metaKey">) => void;
  /** Every other key press first; true when it was taken. */
  onKey: (event: KeyboardEvent) => boolean;
  onTrigger: (trigger: Trigger | null) => void;
  onBlur: () => void;
  /** The editor is there, or gone: for the row of formats. */
  onEditor: (editor: Editor | null) => void;
}

/** What the composer asks of the field. */
export interface Writer {
  focus: () => void;
  put: (document: RichDocument, range?: { from: number; to: number }) => void;
}
