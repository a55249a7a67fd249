/** A letter that somebody wants to begin: to whom, or what is passed on in it. */

import type { Contact, Entry } from "@sonnim/protocol";
import { createStore } from "../../app/store";

export interface AskedLetter {
  contact?: Contact | undefined;
  forward?: Entry;
}

export const askedLetter = createStore<AskedLetter | null>(null);

export const writeLetter = (asked: AskedLetter = {}) => askedLetter.set(() => asked);

export const closeLetter = () => askedLetter.set(() => null);
