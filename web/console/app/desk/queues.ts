/** Which conversations a queue or a view shows, in which order, and how many there are. */

import type { Conversation, Counts, QueueName, ViewFilter } from "@sonnim/protocol";
import { serverNow } from "../api";
import { memoize } from "../store";
import { partOf, passes, type Seer } from "./filter";
import type { DeskState, ListKey, Table, Tables } from "./state";

/** In the order of the navigation. */
export const QUEUES: QueueName[] = ["waiting", "unassigned", "mine", "team", "mentioned", "all", "snoozed", "resolved", "spam"];

export function isQueue(name: string | undefined): name is QueueName {
  return name === "waiting_all" || QUEUES.includes(name as QueueName);
}

/** The view's number in the name of its list. */
export function viewOf(name: string): number | null {
  const found = /^view-(\d+)$/.exec(name);
  return found ? Number(found[1]) : null;
}

export function isList(name: string | undefined): name is ListKey {
  return isQueue(name) || (name !== undefined && viewOf(name) !== null);
}

export function belongs(queue: QueueName, conversation: Conversation, { agentId, teamIds }: Seer): boolean {
  if (queue === "snoozed" || queue === "resolved" || queue === "spam") return conversation.status === queue;
  if (conversation.status !== "open") return false;
  const { assignee_id, team_id, waiting_since } = conversation;
  const ours = team_id !== null && teamIds.includes(team_id);
  switch (queue) {
    case "waiting":
      return waiting_since !== null && (assignee_id === null ? team_id === null || ours : assignee_id === agentId);
    case "waiting_all":
      return waiting_since !== null;
    case "unassigned":
      return assignee_id === null;
    case "team":
      return ours;
    default:
      return queue === "all" || assignee_id === agentId;
  }
}

/** A place in a list: the part of a view that its status makes, then the rank. */
export type Place = readonly [part: number, rank: number];
export const EVERYWHERE: Place = [Infinity, Infinity];
export const NOWHERE: Place = [-1, -1];

/** The rows of a list as far as it has been read: beyond `bound` there may be rows that are not known yet. */
export function listOf(
  conversations: Table<Conversation>,
  test: (each: Conversation) => boolean,
  bound: Place,
  parts: boolean,
  former: readonly Conversation[] = [],
): Conversation[] {
  const place = (each: Conversation): Place => [parts ? partOf(each) : 0, each.rank];
  const within = (each: Conversation) => {
    const [part, rank] = place(each);
    return test(each) && (part < bound[0] || (part === bound[0] && rank <= bound[1]));
  };
  // In the former order first: sorting what is sorted but for a few takes one pass.
  const seen = new Set<number>();
  const found: Conversation[] = [];
  for (const { id } of former) {
    const now = conversations[id];
    seen.add(id);
    if (now && within(now)) found.push(now);
  }
  for (const each of Object.values(conversations)) if (!seen.has(each.id) && within(each)) found.push(each);
  return found.sort((a, b) => place(a)[0] - place(b)[0] || a.rank - b.rank || a.id - b.id);
}

/** A selector per list that answers the same array while nothing has changed. */
export function makeListSelector(key: ListKey): (state: DeskState) => Conversation[] {
  let former: Conversation[] = [];
  const viewId = viewOf(key);
  const compute = memoize(
    (tables: Table<Conversation>, contacts: Tables["contacts"] | null, bound: Place, seer: Seer, filter: ViewFilter | null, now: number) => {
      const test = filter
        ? (each: Conversation) => passes(filter, each, contacts?.[each.contact_id], seer, now)
        : (each: Conversation) => belongs(key as QueueName, each, seer);
      former = listOf(tables, test, bound, viewId !== null, former);
      return former;
    },
  );
  const mentioned = memoize((tables: Table<Conversation>, ids: readonly number[]) =>
    ids.flatMap((id) => tables[id] ?? []),
  );
  return (state) => {
    const { tables, queues } = state;
    if (key === "mentioned") return mentioned(tables.conversations, namedIn(state));
    const view = viewId === null ? null : tables.views[viewId];
    if (viewId !== null && !view) return NONE;
    const contacts = view?.filter.text ? tables.contacts : null;
    const now = follows(view?.filter) ? Math.floor(serverNow() / STEP) * STEP : 0;
    return compute(tables.conversations, contacts, queues[key]?.bound ?? NOWHERE, seerOf(state), view?.filter ?? null, now);
  };
}

const NONE: Conversation[] = [];
const STEP = 10_000;

/** Whether what a view shows changes with time alone. */
export const follows = (filter: ViewFilter | undefined) => filter?.waiting_over != null;

/** Where I was named, newest first: what the log has told since, then what the queue's pages said. */
const named = memoize((mentions: Tables["mentions"], read: readonly number[], agentId: number) => {
  const live = Object.values(mentions)
    .filter((each) => each.agent_id === agentId)
    .sort((a, b) => b.id - a.id)
    .map((each) => each.conversation_id);
  return [...new Set([...live, ...read])];
});

function namedIn(state: DeskState): readonly number[] {
  return named(state.tables.mentions, state.queues.mentioned?.ids ?? NO_IDS, state.agentId);
}

const NO_IDS: readonly number[] = [];

const seerFrom = memoize((teams: Tables["teams"], agentId: number): Seer => {
  const mine = Object.values(teams).filter((team) => team.agent_ids.includes(agentId));
  return { agentId, teamIds: mine.map((team) => team.id).sort((a, b) => a - b) };
});

export function seerOf({ tables, agentId }: Pick<DeskState, "tables" | "agentId">): Seer {
  return seerFrom(tables.teams, agentId);
}

/** How many each queue holds for me: sums of the counts that the log carries, and the mentions not looked at. */
export function countsOf(tables: Tables, agentId: number): Counts {
  const { teamIds } = seerFrom(tables.teams, agentId);
  const sum = (...keys: string[]) => keys.reduce((n, key) => n + (tables.counts[key]?.n ?? 0), 0);
  const unseen = Object.values(tables.mentions).filter((each) => each.agent_id === agentId && !each.seen);
  return {
    waiting: sum(`waiting:${agentId}`, "waiting:nobody", ...teamIds.map((id) => `waiting:team:${id}`)),
    waiting_all: sum("waiting"),
    unassigned: sum("unassigned"),
    mine: sum(`mine:${agentId}`),
    team: sum(...teamIds.map((id) => `team:${id}`)),
    mentioned: new Set(unseen.map((each) => each.conversation_id)).size,
    all: sum("all"),
    snoozed: sum("snoozed"),
    resolved: sum("resolved"),
    spam: sum("spam"),
  };
}

/** The counts after a change; the same object while nothing about them has changed. */
export function countsAfter(counts: Counts, before: Tables, after: Tables, agentId: number): Counts {
  const same = after.counts === before.counts && after.teams === before.teams && after.mentions === before.mentions;
  return same ? counts : countsOf(after, agentId);
}
