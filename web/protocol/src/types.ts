/** The shapes on the wire, named for their readers. They are generated from the server (`npm run generate`). */

import type { components } from "./frames";
import type { RichDocument } from "./rich";
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
export type Contact = Omit<Wire["ContactObject"], "locale" | "attributes" | "consents"> & {
  locale: Locale;
  attributes: Record<string, unknown>;
  consents: Record<string, Consent>;
};
/** Whether a contact agreed to something, since when, and which agent noted it. */
export interface Consent {
  given: boolean;
  at: string;
  by: number | null;
}
export type PublicAgent = Wire["PublicAgent"];
export type Agent = Wire["AgentObject"];
export type Availability = Agent["availability"];
export type Role = Agent["role"];
export type Team = Wire["TeamObject"];
export type MessageHit = Answer["MessageHit"];
export type ContactHit = Answer["ContactHit"];
export type SearchAnswer = Omit<Answer["SearchAnswer"], "conversations" | "contacts"> & {
  conversations: Conversation[];
  contacts: Contact[];
};
export type Tag = Wire["TagObject"];
export type Tally = Wire["CountObject"];
export type View = Wire["ViewObject"];
export type ViewFilter = View["filter"];
export type Bulk = Wire["BulkObject"];
export type Mention = Wire["MentionObject"];
export type Checklist = Wire["ChecklistObject"];
export type ChecklistItem = Checklist["items"][number];
export type Question = Wire["QuestionObject"];
export type Matter = NonNullable<Question["matter"]>;
export type Ladder = Answer["LadderObject"];
export type LadderStep = Answer["RungObject"];
export type LadderEntry = Answer["MenuObject"];
export type LadderRefusal = Answer["RefusalObject"];
export type Conceded = Answer["ConcessionObject"];
export type LedgerSum = Answer["LedgerSum"];
export type PromiseMade = Wire["PromiseObject"];
export type PromiseAct = PromiseMade["act"];
export type FoundPromise = Answer["FoundPromise"];
export type Policy = Answer["PolicyObject"];
export type Seat = Wire["SeatObject"];
export type Offer = Wire["OfferObject"];
export type CoachMark = Answer["MarkObject"];
export type CoachRule = Answer["RuleObject"];
export type CoachDismissal = Answer["DismissalObject"];
export type CoachGlossary = Answer["GlossaryObject"];
export type QualityPredicted = Answer["PredictedObject"];
export type QualityPredictedWeeks = Answer["PredictedWeeks"];
export type QualityPredictor = Answer["PredictorObject"];
export type QualityScore = Answer["ScoreObject"];
export type QualityDetail = Answer["ScoreDetail"];
export type QualityReview = Answer["ReviewObject"];
export type QualityDispute = Answer["DisputeObject"];
export type QualitySummary = Answer["Summary"];
export type QualityTeam = Answer["TeamSummary"];
export type QualitySentence = Answer["SentenceObject"];
export type QualityListed = Answer["ListedObject"];
export type QualityScorecard = Answer["ScorecardObject"];
export type QualityRescore = Answer["RescoreObject"];
export type Scorecard = Answer["ScorecardObject"];
export type QualityMark = Wire["QualityMark"];
export type RoutingRules = Answer["RulesObject"];
export type Notice = Wire["NotificationObject"];
export type Envelope = Answer["EnvelopeObject"];
export type Addressee = NonNullable<Envelope["sender"]>;
export type SentLetter = Answer["LetterObject"];
export type Sender = Answer["SenderObject"];
/** To whom an agent sends a message that has recipients; whoever is named nowhere is for the channel to choose. */
export interface Recipients {
  subject: string;
  to: string[];
  cc: string[];
  bcc: string[];
  source_id: number | null;
}
export type Draft = Omit<Wire["DraftObject"], "data"> & { data: { rich?: RichDocument; kind?: "note"; envelope?: Recipients } };
export type Scheduled = Omit<Wire["ScheduledObject"], "data" | "then"> & {
  data: { rich?: RichDocument; envelope?: Envelope };
  then: { what?: "resolve" | "snooze"; until?: string };
};
/** A mailbox as every agent sees it, and as those do who set it up. */
export type Mailbox = Answer["MailboxObject"];
export type MailboxSettings = Answer["MailboxSettings"];
export type MailServer = Answer["ServerObject"];
export type MailServers = Answer["Found"];
export type MailTrial = Answer["Trial"];
export type MailOutcome = Answer["Outcome"];
export type DomainCheck = Answer["Check"];
/** What came in and is not in a timeline. */
export type Inbound = Answer["InboundObject"];
export type InboundDetail = Answer["InboundDetail"];
/** One way of saying a script, and what became of the conversations in which it was sent. */
export type ScriptVariant = Omit<Wire["VariantObject"], "rich"> & { rich?: RichDocument };
export type ScriptStage = Wire["CannedObject"]["stage"];
export type Canned = Omit<Wire["CannedObject"], "texts"> & { texts: Partial<Record<Locale, readonly ScriptVariant[]>> };
/** Which service plan is in force; a plan, one that is being written, and how complete they are. */
export type PlanMark = Wire["PlanMark"];
export type Board = Omit<Answer["BoardObject"], "waiting" | "contacts"> & { waiting: Conversation[]; contacts: Contact[] };
export type PlanOf = Answer["PlanObject"];
export type PlanVersion = Answer["PlanVersionObject"];
export type PlanDraft = Answer["PlanDraftObject"];
export type PlanDraftState = Answer["PlanDraftState"];
export type PlanMeter = Answer["PlanMeter"];
export type PlanQuestion = Answer["PlanQuestion"];
export type PlanFault = Answer["PlanFault"];
export type PlanDifference = Answer["PlanDifference"];
export type Page = Required<Wire["Page"]>;
export type Presence = Availability | "offline";
export type ContactPresence = { online: boolean; page: Page | null };
export type Counts = Answer["Counts"];
export type QueueName = keyof Counts & string;

type Together =
  | "merged_into"
  | "unmerged"
  | "split_from"
  | "split_off"
  | "linked"
  | "asked"
  | "answered"
  | "question_withdrawn"
  | "question_overdue"
  | "question_handed"
  | "concession"
  | "concession_taken_back"
  | "promise"
  | "rule";

/** What an entry of kind "event" tells of; messages and notes carry `rich` or nothing. */
export interface EntryData {
  rich?: RichDocument;
  what?: "assigned" | "resolved" | "reopened" | "snoozed" | "unsnoozed" | "identified" | "merged" | "tagged" | "spam" | "not_spam" | "solved" | "mailed" | "clock" | "priority" | Together;
  /** Of a rule of automation: its name, and what it says. */
  rule?: string;
  text?: string;
  /** Of a clock: how far it is, and of which kind it is. */
  strike?: "warn" | "late" | "escalate";
  kind?: Conversation["clocks"][number]["kind"];
  priority?: Conversation["priority"];
  was?: Conversation["priority"];
  agent_id?: number | null;
  from_agent_id?: number | null;
  team_id?: number | null;
  by?: "agent" | "contact";
  /** Who erased what was said in it. */
  hidden_by?: number;
  solved?: boolean;
  until?: string;
  why?: "due" | "agent" | "contact" | "sticky" | "round_robin" | "least_busy" | "offer" | "vanished";
  name?: string;
  /** The other conversation of a merge, a split or a link. */
  conversation_id?: number;
  count?: number;
  from_seq?: number;
  to_seq?: number;
  question_id?: number;
  /** What was conceded, or asked for from somebody who decides. */
  matter?: Pick<Matter, "kind" | "title" | "value" | "currency" | "order"> & Partial<Matter> & { measure: Conceded["measure"] };
  approved_by_id?: number | null;
  /** Of a promise: what, and what became of it. */
  act?: PromiseAct;
  done?: "made" | "changed" | "kept" | "dropped" | "reopened" | "warned" | "overdue" | "escalated" | "stepped";
  to_agent_id?: number | null;
  to_role?: Role | null;
  due_at?: string | null;
  /** How a mail to somebody who had left went, where to, and the server's own words. */
  state?: "sent" | "failed" | "unsure" | "hint" | "chat";
  address?: string;
  note?: string;
  /** Tags that were put on and taken off. */
  added?: number[];
  removed?: number[];
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

export type SendFrame = Tagged<"send", Required<Omit<Wire["ClientSendFrame"], "page" | "data">>> & {
  page?: Page | null;
  data?: { rich?: RichDocument; envelope?: Recipients };
};

export type ClientFrame =
  | SendFrame
  | Tagged<"typing", Omit<Wire["ClientTypingFrame"], "text" | "note"> & { text?: string; note?: boolean }>
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
/** Which agents have which of the watched conversations before their eyes. */
export type ViewersFrame = Tagged<"viewers", Wire["ServerViewersFrame"]>;
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
  | Tagged<"epoch", Wire["ServerEpochFrame"]>
  | AckFrame
  | ErrorFrame
  | TypingFrame
  | ViewersFrame
  | PresenceFrame
  | RevokeFrame
  | Tagged<"drain", Wire["ServerDrainFrame"]>
  | { t: "pong" };

/** What the application is handed besides events: the frames without a position. */
export type LooseFrame = AckFrame | ErrorFrame | TypingFrame | ViewersFrame | PresenceFrame;

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
  shop: Omit<Answer["VisitorShop"], "locale"> & { locale: Locale };
  contact: Answer["VisitorContact"];
  agents: PublicAgent[];
  conversation: PublicConversation | null;
  /** Those that are one talk with it: the desk may have merged or split. */
  conversations: PublicConversation[];
  entries: Entry[];
  /** The id of the entry to go on from. */
  entries_before: number | null;
  limits: { text: number; file_bytes: number; files: number };
  now: WidgetNow;
}

/** How it stands for a shopper who waits, or may have to. */
export type WidgetNow = Answer["Now"];
/** Business hours: a calendar, how it stands now, and what a public holiday is called. */
export type HoursCalendar = Answer["CalendarObject"];
export type HoursOpening = Answer["OpeningObject"];
export type HoursHoliday = Answer["HolidayObject"];
/** The chat as those who configure the shop see it. */
export type WidgetSettings = Answer["WidgetSettings"];
/** What a page of the store is about. */
export type WidgetCard = Answer["Card"];
