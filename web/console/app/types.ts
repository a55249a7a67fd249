/** Answers of the HTTP interface that only the console reads. */

import type {
  Agent,
  Bulk,
  Contact,
  ContactPresence,
  Conversation,
  Counts,
  Draft,
  Entry,
  Locale,
  Mention,
  Notice,
  Offer,
  Presence,
  PromiseMade,
  Question,
  Role,
  Scheduled,
  Seat,
  Tag,
  Tally,
  Team,
  View,
} from "@sonnim/protocol";

export type Theme = "light" | "dark" | "auto";

export interface Membership {
  id: number;
  name: string;
  role: Role;
  agent_id: number;
  permissions: string[];
  /** How far one has come in the first steps with the shop; null when they are done. */
  welcome: "shop" | "widget" | "test" | null;
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
  /** Whether a message has a subject and several recipients. */
  letters: boolean;
  live: boolean;
  rich: "none" | "basic";
}

export interface Snapshot {
  epoch: string;
  pos: number;
  shop: Shop;
  me: { agent: Agent; permissions: string[] };
  agents: Agent[];
  teams: Team[];
  notifications: Notice[];
  mentions: Mention[];
  tallies: Tally[];
  tags: Tag[];
  views: View[];
  bulks: Bulk[];
  promises: PromiseMade[];
  seats: Seat[];
  offers: Offer[];
  questions: Question[];
  drafts: Draft[];
  scheduled: Scheduled[];
  counts: Counts;
  channels: Channel[];
  presence: { agents: Record<string, Presence>; contacts: Record<string, ContactPresence> };
}

export interface QueuePage {
  items: Conversation[];
  contacts: Contact[];
  next: string | null;
  /** In a view: up to where everything has been listed. */
  upto: { status: Conversation["status"]; rank: number } | null;
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
  merges: { id: number; gone_id: number; gone_name: string; by_id: number; at: string }[];
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
  business: Record<string, string>;
  identity_secret_set: boolean;
}
