/** Changes to a contact: shown at once, kept while there is no line, taken back when the server does not want them. */

import type { Contact } from "@sonnim/protocol";
import { notifications } from "@mantine/notifications";
import { useCallback, useEffect } from "react";
import { api, ApiError } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import type { Desk } from "../../app/desk/desk";
import { withChange } from "../../app/desk/state";
import { useWords, type Words } from "../../app/i18n";
import { toastError } from "../../ui/toast";
import { forgetEdit, keepEdit, keptEdits, type Edit } from "./keptEdits";

export type { ContactChange } from "./keptEdits";

export function showContact(desk: Desk, contact: Contact): void {
  desk.store.set((state) => withChange(state, { put: { contacts: { [contact.id]: contact } } }));
}

export function useContactEdit(contact: Contact | undefined): (change: Edit["change"]) => void {
  const desk = useDesk();
  const words = useWords();
  const live = useDeskState((state) => state.link === "live");
  useEffect(() => {
    if (live) for (const edit of keptEdits(desk)) void save(desk, words, edit);
  }, [desk, words, live]);
  return useCallback(
    (change) => {
      if (!contact) return;
      const now = desk.store.get().tables.contacts[contact.id] ?? contact;
      const before = Object.fromEntries(Object.keys(change).map((name) => [name, now[name as keyof Edit["change"]]]));
      showContact(desk, { ...now, ...change });
      void save(desk, words, keepEdit(desk, contact.id, change), before);
    },
    [desk, words, contact],
  );
}

async function save(desk: Desk, words: Words, edit: Edit, before: Edit["change"] = {}): Promise<void> {
  try {
    const saved = await api.patch<Contact>(`${desk.base}/contacts/${edit.contact}`, edit.change);
    forgetEdit(desk, edit);
    // What was written since, and is on its way itself, is not covered by what this brings.
    const newer = keptEdits(desk).filter((each) => each.contact === edit.contact);
    showContact(desk, Object.assign({}, saved, ...newer.map((each) => each.change)));
  } catch (error) {
    if (error instanceof ApiError && (error.status === 0 || error.status >= 500)) {
      notifications.show({ id: "contact-unsaved", color: "persimmon", message: words.t("contact.unsaved"), autoClose: 9000, withBorder: true });
      return;
    }
    forgetEdit(desk, edit);
    const shown = desk.store.get().tables.contacts[edit.contact];
    if (shown) showContact(desk, { ...shown, ...before });
    toastError(words, error);
  }
}
