/** Choosing one contact among all: found on the server as one types. */

import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { byId, type Contact } from "@sonnim/protocol";
import { useEffect, useState } from "react";
import { api } from "../../app/api";
import { useContact, useDesk } from "../../app/desk/context";
import { withChange } from "../../app/desk/state";
import { useT } from "../../app/i18n";
import type { Items } from "../../app/types";

const PAUSE_MS = 200;

interface Props {
  value: number | null;
  onChange: (id: number | null) => void;
}

export function ContactSelect({ value, onChange }: Props) {
  const t = useT();
  const desk = useDesk();
  const chosen = useContact(value ?? undefined);
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS);
  const [found, setFound] = useState<Contact[]>([]);
  useEffect(() => {
    if (value !== null) desk.loadContact(value);
  }, [desk, value]);
  useEffect(() => {
    const stop = new AbortController();
    api.get<Items<Contact>>(`${desk.base}/contacts?limit=12&q=${encodeURIComponent(asked)}`, stop.signal).then(
      ({ items }) => {
        desk.store.set((state) => withChange(state, { put: { contacts: byId(items) } }));
        setFound(items);
      },
      () => stop.signal.aborted || setFound([]),
    );
    return () => stop.abort();
  }, [desk, asked]);
  const named = (each: Contact) => [each.name || t("contact.unnamed", { id: each.id }), each.email].filter(Boolean).join(" · ");
  const offered = chosen && !found.some((each) => each.id === chosen.id) ? [chosen, ...found] : found;
  return (
    <Select
      label={t("filter.contact")}
      placeholder={t("filter.contactHint")}
      nothingFoundMessage={t("list.noMatch")}
      searchable
      clearable
      // The server has looked already, through more than what is shown here.
      filter={({ options }) => options}
      data={offered.map((each) => ({ value: String(each.id), label: named(each) }))}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange(id === null ? null : Number(id))}
      onSearchChange={(typed) => setText(chosen && typed === named(chosen) ? "" : typed)}
      data-testid="filter-contact"
    />
  );
}
