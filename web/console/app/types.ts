/** Answers of the HTTP interface that only the console reads. */

import type {
  Agent,
  Contact,
  ContactPresence,
  Conversation,
  Counts,
  Draft,
  Entry,
  Locale,
  Presence,
  Role,
  Team,
} from "@sonnim/protocol";

export type Theme = "light" | "dark" | "auto";

export interface Membership {
  id: number;
  name: string;
  role: Role;
  agent_id: number;
  permissions: string[];
}

export interface Me {
  user: { id: number; email: string; name: string; locale: Locale; theme: Theme };
  shops: Membership[];
  csrf: string;
}

export interface Shop {
  id: number;
  name: string;
  locale: Locale;
  timezone: string;
  color: string;
  public_key: string;
  allowed_origins: string[];
}

/** A way to reach shoppers, as the server describes it: screens ask this and never test for a channel. */
export interface Channel {
  kind: string;
  names: Record<string, string>;
  icon: string;
  max_text: number;
  max_files: number;
  typing: boolean;
  read_receipts: boolean;
}

export interface Snapshot {
  epoch: string;
  pos: number;
  shop: Shop;
  me: { agent: Agent; permissions: string[] };
  agents: Agent[];
  teams: Team[];
  drafts: Draft[];
  counts: Counts;
  channels: Channel[];
  presence: { agents: Record<string, Presence>; contacts: Record<string, ContactPresence> };
}

export interface QueuePage {
  items: Conversation[];
  contacts: Contact[];
  next: string | null;
  pos: number;
}

export interface ConversationPage {
  conversation: Conversation;
  contact: Contact;
  entries: Entry[];
  entries_before: number | null;
  draft: Draft | null;
  epoch: string;
  pos: number;
}

export interface ContactPage {
  contact: Contact;
  identities: { kind: string; value: string; verified: boolean }[];
}

export interface Items<T> {
  items: T[];
  next?: string | number | null;
}

export interface Invitation {
  id: number;
  email: string;
  role: Role;
  locale: Locale;
  created_at: string;
  expires_at: string;
  /** Only in the answer that makes it. */
  link?: string;
}

export interface Token {
  id: number;
  name: string;
  prefix: string;
  agent_id: number;
  created_at: string;
  last_used_at: string | null;
  /** Only in the answer that makes it. */
  secret?: string;
}

export interface AuditLine {
  id: number;
  actor: string;
  actor_agent_id: number | null;
  action: string;
  target: string;
  detail: Record<string, unknown>;
  address: string;
  at: string;
}

export interface Settings extends Shop {
  greeting: Partial<Record<Locale, string>>;
  identity_secret_set: boolean;
}
