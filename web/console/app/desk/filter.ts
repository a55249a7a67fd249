/** Views: which conversations pass a saved filter, by the same rules as on the server. */

import type { Contact, Conversation, View, ViewFilter } from "@sonnim/protocol";
import { serverNow } from "../api";
import type { Table } from "./state";

export const STATUSES = ["open", "snoozed", "resolved", "spam"] as const;

export interface Seer {
  agentId: number;
  teamIds: readonly number[];
}

/** A view lists its statuses one after another, in this order. */
export function partOf(conversation: Pick<Conversation, "status">): number {
  const at = (STATUSES as readonly string[]).indexOf(conversation.status);
  return at < 0 ? STATUSES.length : at;
}

export function passes(filter: ViewFilter, each: Conversation, contact: Contact | undefined, seer: Seer, now = serverNow()): boolean {
  const oneOf = <T>(wanted: readonly T[] | undefined, value: T) => !wanted?.length || wanted.includes(value);
  const statuses = filter.status?.length ? filter.status : (["open"] as const);
  if (!(statuses as readonly string[]).includes(each.status)) return false;
  if (!oneOf(filter.channel, each.channel) || !oneOf(filter.locale, each.locale)) return false;
  if (!oneOf(filter.priority, each.priority)) return false;
  if (!oneOf(filter.assignee?.map((id) => (id === "me" ? seer.agentId : id)), each.assignee_id)) return false;
  const teams = filter.team?.flatMap<number | null>((id) => (id === "mine" ? [...seer.teamIds] : [id]));
  if (teams && filter.team?.length && !teams.includes(each.team_id)) return false;
  if (filter.tag?.length && !filter.tag.some((id) => each.tag_ids.includes(id))) return false;
  if (filter.contact != null && each.contact_id !== filter.contact) return false;
  if (filter.waiting_over != null) {
    if (each.status !== "open" || !each.waiting_since) return false;
    if (now - Date.parse(each.waiting_since) < filter.waiting_over * 1000) return false;
  }
  const created = Date.parse(each.created_at);
  if (filter.created_from && created < Date.parse(filter.created_from)) return false;
  if (filter.created_to && created >= Date.parse(filter.created_to)) return false;
  const text = filter.text?.trim().toLowerCase();
  if (!text) return true;
  const said = [each.subject, each.last_text, contact?.name, contact?.email];
  return said.some((part) => part?.toLowerCase().includes(text));
}

/** The views that this agent makes use of: their own, the shop's, their teams'. */
export function viewsFor(views: Table<View>, { agentId, teamIds }: Seer): View[] {
  return Object.values(views)
    .filter((view) => view.agent_id === agentId || view.audience === "shop" || (view.team_id !== null && teamIds.includes(view.team_id)))
    .sort((a, b) => a.position - b.position || a.id - b.id);
}
