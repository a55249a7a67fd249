/** What a live event means for me: the same as the server decides for pushes, for whoever is at the desk. */

import type { Conversation, EventFrame, Notice } from "@sonnim/protocol";

export interface News {
  kind: Notice["kind"] | "message" | "new";
  conversation: number;
  seq: number;
  by: number | null;
}

export interface Me {
  agentId: number;
  teams: readonly number[];
}

/** Older news are no news: a line that comes back tells them all at once. */
export const FRESH = 60_000;

export function newsOf(event: EventFrame, me: Me, now: number): News[] {
  if (now - Date.parse(event.at) > FRESH) return [];
  const put = event.desk?.put ?? {};
  const notices = Object.values(put["notifications"] ?? {}) as Notice[];
  const told = notices.map((each) => ({ kind: each.kind, conversation: each.conversation_id, seq: each.seq, by: each.by_id }));
  if (event.type !== "message.created") return told;
  const talks = Object.values(put["conversations"] ?? {}) as Conversation[];
  return [...told, ...talks.flatMap((talk) => spoken(talk, me, event.at))];
}

function spoken(talk: Conversation, me: Me, at: string): News[] {
  if (talk.last_by !== "contact" || !talk.waiting_since) return [];
  const about = { conversation: talk.id, seq: talk.last_seq, by: null };
  if (talk.assignee_id === me.agentId) return [{ kind: "message", ...about }];
  const mine = talk.assignee_id === null && (talk.team_id === null || me.teams.includes(talk.team_id));
  // Of what nobody has taken yet only the first word rings; the rest is in the list.
  return mine && talk.waiting_since >= at ? [{ kind: "new", ...about }] : [];
}
