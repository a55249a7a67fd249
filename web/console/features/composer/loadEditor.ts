/** Fetches the editor: a part of the console of its own, so that nobody waits for it. */

import type { Ref } from "react";
import type { FieldProps, Writer } from "./field";

export interface EditorView extends FieldProps {
  ref: Ref<Writer>;
  begin: { from: number; to: number } | null;
}

export const loadEditor = () => import("./editor/RichEditor");
