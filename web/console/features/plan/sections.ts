/** The sections of a service plan and the fields of their rows: what the editor and the reader go by. */

import {
  IconAddressBook,
  IconBook2,
  IconClockHour4,
  IconGavel,
  IconGift,
  IconHeartHandshake,
  IconRoute,
  IconStairsDown,
  IconTruckReturn,
  type TablerIcon,
} from "@tabler/icons-react";
import type { FieldName, SectionName } from "./types";

export const SECTIONS: readonly SectionName[] = [
  "topics",
  "decisions",
  "information",
  "channels",
  "returns",
  "claims",
  "concessions",
  "ladder",
  "refusals",
];

export const SECTION_ICONS: Record<SectionName, TablerIcon> = {
  topics: IconAddressBook,
  decisions: IconGavel,
  information: IconBook2,
  channels: IconClockHour4,
  returns: IconTruckReturn,
  claims: IconRoute,
  concessions: IconGift,
  ladder: IconStairsDown,
  refusals: IconHeartHandshake,
};

/** `inner`: for the desk, one language is enough; `spoken`: for shoppers, in each of theirs. */
export type FieldKind =
  | "inner"
  | "spoken"
  | "party"
  | "minutes"
  | "days"
  | "yes"
  | "accepted"
  | "paid_by"
  | "kind"
  | "topic"
  | "concession"
  | "concessions"
  | "limits"
  | "day"
  | "channel"
  | "calendar";

export interface Field {
  name: FieldName;
  kind: FieldKind;
  /** Over the whole width. */
  wide?: boolean;
}

const wide = (name: FieldName, kind: FieldKind): Field => ({ name, kind, wide: true });
const half = (name: FieldName, kind: FieldKind): Field => ({ name, kind });

export const FIELDS: Record<SectionName, readonly Field[]> = {
  topics: [wide("title", "inner"), half("answered_by", "party"), half("stand_in", "party"), wide("note", "inner")],
  decisions: [
    wide("title", "inner"),
    half("topic", "topic"),
    half("concessions", "concessions"),
    half("decided_by", "party"),
    half("stand_in", "party"),
    half("deadline_minutes", "minutes"),
    wide("note", "inner"),
  ],
  information: [
    wide("question", "inner"),
    wide("answer", "inner"),
    half("topic", "topic"),
    half("ask", "yes"),
    half("needed", "yes"),
  ],
  channels: [half("channel", "channel"), half("calendar_id", "calendar"), wide("promise", "spoken"), wide("note", "inner")],
  returns: [
    wide("title", "inner"),
    half("accepted", "accepted"),
    half("days", "days"),
    half("paid_by", "paid_by"),
    wide("conditions", "inner"),
  ],
  claims: [wide("title", "inner"), wide("what", "inner"), half("done_by", "party"), half("within_minutes", "minutes")],
  concessions: [
    wide("title", "inner"),
    half("kind", "kind"),
    wide("limits", "limits"),
    wide("conditions", "inner"),
    wide("sentence", "spoken"),
    half("starts", "day"),
    half("ends", "day"),
  ],
  ladder: [wide("title", "inner"), half("concession", "concession"), wide("reason", "inner"), wide("sentence", "spoken")],
  refusals: [
    wide("title", "inner"),
    wide("reason", "inner"),
    wide("nearest", "inner"),
    half("concession", "concession"),
    wide("sentence", "spoken"),
  ],
};

/** Sections whose rows are done one after the other. */
export const STEPS: ReadonlySet<SectionName> = new Set(["claims", "ladder"]);

export const isSection = (name: string | undefined): name is SectionName => SECTIONS.includes(name as SectionName);
