/** The shapes on the wire, written from the contract; the server's generated schema is checked against them. */

export type Locale = "ko" | "zh" | "en";
export type EntryKind = "message" | "note" | "event";
export type AuthorKind = "contact" | "agent" | "system";
export type ConversationStatus = "open" | "snoozed" | "resolved";
export type Availability = "online" | "away";
export type Presence = Availability | "offline";
export type Role = "owner" | "admin" | "lead" | "agent";
export type QueueName = "waiting" | "unassigned" | "mine" | "all" | "snoozed" | "resolved";
export type Counts = Record<QueueName, number>;

export interface Author {
  kind: AuthorKind;
  id: number | null;
}

export interface Page {
  url: string;
  title: string;
}

export interface Attachment {
  id: number;
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
}

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

export interface Entry {
  conversation_id: number;
  seq: number;
  id: number;
  kind: EntryKind;
  author: Author;
  client_id: string | null;
  text: string;
  attachments: Attachment[];
  data: EntryData;
  at: string;
}

/** What a visitor sees of a conversation. */
export interface PublicConversation {
  id: number;
  v: number;
  status: ConversationStatus;
  last_seq: number;
  desk_seen_seq: number;
  contact_seen_seq: number;
  assignee_id: number | null;
  created_at: string;
}

export interface Conversation extends PublicConversation {
  contact_id: number;
  channel: string;
  team_id: number | null;
  subject: string;
  locale: Locale;
  waiting_since: string | null;
  snoozed_until: string | null;
  last_at: string;
  last_text: string;
  last_by: AuthorKind | null;
  last_agent_id: number | null;
  rank: number;
}

export interface Contact {
  id: number;
  v: number;
  name: string;
  email: string | null;
  phone: string | null;
  locale: Locale;
  timezone: string | null;
  verified: boolean;
  blocked: boolean;
  notes: string;
  attributes: Record<string, unknown>;
  created_at: string;
  last_seen_at: string | null;
}

export interface PublicAgent {
  id: number;
  v: number;
  name: string;
  avatar_url: string | null;
  color: string;
}

export interface Agent extends PublicAgent {
  user_id: number;
  role: Role;
  locale: Locale;
  languages: Locale[];
  availability: Availability;
  removed: boolean;
}

export interface Team {
  id: number;
  v: number;
  name: string;
  agent_ids: number[];
}

export interface Draft {
  conversation_id: number;
  v: number;
  text: string;
  attachments: Attachment[];
  updated_at: string;
}

export interface ContactPresence {
  online: boolean;
  page: Page | null;
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

export interface SendFrame {
  t: "send";
  client_id: string;
  conversation: number | null;
  kind: "message" | "note";
  text: string;
  attachments: number[];
  page?: Page | null;
}

export type ClientFrame =
  | SendFrame
  | { t: "typing"; conversation: number | null; on: boolean }
  | { t: "seen"; conversation: number | null; seq: number }
  | { t: "watch"; conversations: number[] }
  | { t: "page"; url: string; title: string }
  | { t: "active"; on: boolean }
  | { t: "ping" };

// ---- frames, server to client

export type ResetReason = "first" | "epoch" | "too_old" | "too_many";

export interface EventFrame extends Change {
  t: "event";
  pos: number;
  prev: number;
  type: string;
  conversation: number | null;
  at: string;
  desk?: Change;
}

export interface AckFrame {
  t: "ack";
  client_id: string;
  id: number;
  conversation: number;
  seq: number;
  at: string;
  repeat: boolean;
}

export type ErrorCode =
  | "invalid"
  | "too_large"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "text_invalid"
  | "attachments_invalid"
  | "throttled"
  | "unavailable"
  | "storage_full"
  | "blocked";

export interface ErrorFrame {
  t: "error";
  code: ErrorCode | (string & {});
  message: string;
  client_id: string | null;
  ref?: string | null;
  retry_after: number | null;
}

export interface TypingFrame {
  t: "typing";
  conversation: number;
  author: Author;
  on: boolean;
}

export interface PresenceFrame {
  t: "presence";
  agents?: Record<string, Presence>;
  contacts?: Record<string, ContactPresence>;
}

export interface RevokeFrame {
  t: "revoke";
  why: string;
}

export type ServerFrame =
  | { t: "hello"; heartbeat: number; version: number }
  | EventFrame
  | { t: "resumed"; epoch: string; pos: number }
  | { t: "reset"; epoch: string; reason: ResetReason }
  | AckFrame
  | ErrorFrame
  | TypingFrame
  | PresenceFrame
  | RevokeFrame
  | { t: "drain"; retry_after: number }
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
