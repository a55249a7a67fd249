/** Which dialog of working together is open: asked for by a key, a menu, or a line of the timeline. */

import { createStore } from "../../app/store";

export type Asked =
  | { what: "transfer" | "merge" | "link" | "ask" | "mail" | "spot"; conversation: number }
  | { what: "split"; conversation: number; seq: number | null };

export const dialogs = createStore<Asked | null>(null);

export const openDialog = (asked: Asked) => dialogs.set(() => asked);

export const closeDialog = () => dialogs.set(() => null);
