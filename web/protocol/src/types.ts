/** The shapes on the wire, named for their readers. They are generated from the server (`npm run generate`). */

import type { components } from "./frames";
import type { components as api } from "./schema";

// Wire types name frames and the objects that events carry, Answer types those of the HTTP interface alone.
type Wire = components["schemas"];
type Answer = api["schemas"];

export type Locale = "ko" | "zh" | "en";
export type Entry = Omit<Wire["EntryObject"], "data"> & { data: EntryData };
export type EntryKind = Entry["kind"];
export type Author = Wire["AuthorObject"];
export type AuthorKind = Author["kind"];
export type Attachment = Wire["AttachmentObject"];
export type PublicConversation = Wire["PublicConversation"];
export type Conversation = Omit<Wire["ConversationObject"], "locale"> & { locale: Locale };
export type ConversationStatus = Conversation["status"];
export type Contact = Omit<Wire["ContactObject"], "locale"> & { locale: Locale };
export type PublicAgent = Wire["PublicAgent"];
export type Agent = Wire["AgentObject"];
export type Availability = Agent["availability"];
export type Role = Agent["role"];
export type Team = Wire["TeamObject"];
export type Draft = Wire["DraftObject"];
export type Page = Required<Wire["Page"]>;
export type Presence = Availability | "offline";
export type ContactPresence = { online: boolean; page: Page | null };
export type Counts = Answer["Counts"];
export type QueueName = keyof Counts & string;

/** What an entry of kind "event" tells of; messages and notes carry an empty object. */
export interface EntryData {
  what?: "assigned" | "resolved" | "reopened" | "snoozed" | "unsnoozed" | "identified" | "merged";
  agent_id?: number | null;
  from_agent_id?: number | null;
  team_id?: number | null;
  by?: "agent" | "contact";
  until?: string;
  why?: "due" | "agent" | "contact";
  name?: string;
}

/** Objects keyed by collection, then by id: what an event puts. */
export type Put = Record<string, Record<string, object>>;
/** Ids by collection: what an event drops. */
export type Drop = Record<string, (number | string)[]>;

export interface Change {
  put?: Put;
  drop?: Drop;
}

export interface Position {
  epoch: string | null;
  pos: number | null;
}

// ---- frames, client to server

export type Identity =
  | { as: "agent"; shop: number; token?: string }
  | { as: "visitor"; token: string };

type Tagged<T extends string, F> = Omit<F, "t"> & { t: T };

export type SendFrame = Tagged<"send", Required<Omit<Wire["ClientSendFrame"], "page">>> & { page?: Page | null };

export type ClientFrame =
  | SendFrame
  | Tagged<"typing", Required<Wire["ClientTypingFrame"]>>
  | Tagged<"seen", Required<Wire["ClientSeenFrame"]>>
  | Tagged<"watch", Wire["ClientWatchFrame"]>
  | Tagged<"page", Required<Wire["ClientLookAtFrame"]>>
  | Tagged<"active", Wire["ClientActiveFrame"]>
  | { t: "ping" };

// ---- frames, server to client

export type ResetReason = Wire["ServerResetFrame"]["reason"];
export type ErrorCode = Wire["ServerErrorFrame"]["code"];

/** The reducer treats collections alike, so that an event is read with loose collections. */
export type EventFrame = Tagged<"event", Omit<Wire["ServerEventFrame"], "put" | "drop" | "desk">> &
  Change & { desk?: Change };
export type AckFrame = Tagged<"ack", Wire["ServerAckFrame"]>;
export type ErrorFrame = Tagged<"error", Omit<Wire["ServerErrorFrame"], "code" | "ref">> & {
  code: ErrorCode | (string & {});
  ref?: string | null;
};
export type TypingFrame = Tagged<"typing", Wire["ServerTypingFrame"]>;
export interface PresenceFrame {
  t: "presence";
  agents?: Record<string, Presence>;
  contacts?: Record<string, ContactPresence>;
}
export type RevokeFrame = { t: "revoke"; why: string };

export type ServerFrame =
  | Tagged<"hello", Wire["ServerHelloFrame"]>
  | EventFrame
  | Tagged<"resumed", Wire["ServerResumedFrame"]>
  | Tagged<"reset", Wire["ServerResetFrame"]>
  | AckFrame
  | ErrorFrame
  | TypingFrame
  | PresenceFrame
  | RevokeFrame
  | Tagged<"drain", Wire["ServerDrainFrame"]>
  | { t: "pong" };

/** What the application is handed besides events: the frames without a position. */
export type LooseFrame = AckFrame | ErrorFrame | TypingFrame | PresenceFrame;

// ---- answers of the HTTP interface that both sides know

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  fields?: Record<string, string[]>;
}

export interface WidgetSession {
  token: string;
  epoch: string;
  pos: number;
  shop: { name: string; color: string; greeting: Partial<Record<Locale, string>>; locale: Locale };
  contact: { id: number; name: string | null; verified: boolean };
  agents: PublicAgent[];
  conversation: PublicConversation | null;
  entries: Entry[];
  entries_before: number | null;
  limits: { text: number; file_bytes: number; files: number };
}
