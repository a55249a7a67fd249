/** Changes of a plan: each answers a new document and leaves the old one as it was, so that undoing is going back. */

import { NOTHING_SAID, rowsOf, type Document, type FieldName, type Row, type SectionName } from "./types";

function withRows(document: Document, section: SectionName, rows: readonly Row[]): Document {
  return { ...document, [section]: rows };
}

export function setField(document: Document, section: SectionName, id: string, name: FieldName, value: unknown): Document {
  const rows = rowsOf(document, section).map((row) => (row.id === id ? { ...row, [name]: value } : row));
  return withRows(document, section, rows);
}

export function removeRow(document: Document, section: SectionName, id: string): Document {
  return withRows(document, section, rowsOf(document, section).filter((row) => row.id !== id));
}

/** Exchanges a row with the one before it (-1) or after it (1); at the ends nothing happens. */
export function moveRow(document: Document, section: SectionName, id: string, by: -1 | 1): Document {
  const rows = [...rowsOf(document, section)];
  const from = rows.findIndex((row) => row.id === id);
  const [row, other] = [rows[from], rows[from + by]];
  if (!row || !other) return document;
  rows[from] = other;
  rows[from + by] = row;
  return withRows(document, section, rows);
}

export function addRow(document: Document, section: SectionName, id: string): Document {
  return withRows(document, section, [...rowsOf(document, section), emptyRow(section, id)]);
}

/** An id that no row of the section has: rows are referred to for ever, so it is random and not their number. */
export function freshId(document: Document, section: SectionName, random: () => number = Math.random): string {
  const taken = new Set(rowsOf(document, section).map((row) => row.id));
  for (;;) {
    const id = `r${Math.floor(random() * 36 ** 6).toString(36)}`;
    if (!taken.has(id)) return id;
  }
}

export function emptyRow(section: SectionName, id: string): Row {
  const title = NOTHING_SAID;
  const blank = NOTHING_SAID;
  const rows: { [S in SectionName]: Document[S][number] } = {
    topics: { id, title, answered_by: null, stand_in: null, note: blank },
    decisions: { id, title, topic: "", concessions: [], decided_by: null, stand_in: null, deadline_minutes: null, note: blank },
    information: { id, topic: "", question: blank, answer: blank, ask: false, needed: true },
    channels: { id, channel: "", calendar_id: null, promise: blank, note: blank },
    returns: { id, title, accepted: "", days: null, paid_by: "", conditions: blank },
    claims: { id, title, what: blank, done_by: null, within_minutes: null },
    concessions: { id, kind: "other", title, limits: [], conditions: blank, sentence: blank, starts: "", ends: "" },
    ladder: { id, title, concession: "", reason: blank, sentence: blank },
    refusals: { id, title, reason: blank, nearest: blank, concession: "", sentence: blank },
  };
  return rows[section];
}

/** Whether two plans say the same. */
export function same(one: Document, other: Document): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
