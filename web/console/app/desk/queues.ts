/** Which conversations a queue shows, in which order, and how many there are. */

import type { Conversation, Counts, QueueName } from "@sonnim/protocol";
import { memoize } from "../store";
import type { DeskState, Table, Tables } from "./state";

export const QUEUES: QueueName[] = ["waiting", "unassigned", "mine", "all", "snoozed", "resolved"];

export function isQueue(name: string | undefined): name is QueueName {
  return QUEUES.includes(name as QueueName);
}

export function belongs(queue: QueueName, conversation: Conversation, agentId: number): boolean {
  if (queue === "snoozed" || queue === "resolved") return conversation.status === queue;
  if (conversation.status !== "open") return false;
  if (queue === "waiting") return conversation.waiting_since !== null;
  if (queue === "unassigned") return conversation.assignee_id === null;
  return queue === "all" || conversation.assignee_id === agentId;
}

/** The rows of a queue as far as it has been read: beyond `bound` there may be rows that are not known yet. */
export function listOf(
  conversations: Table<Conversation>,
  queue: QueueName,
  agentId: number,
  bound: number,
): Conversation[] {
  return Object.values(conversations)
    .filter((each) => belongs(queue, each, agentId) && each.rank <= bound)
    .sort((a, b) => a.rank - b.rank || a.id - b.id);
}

/** A selector per queue that answers the same array while nothing has changed. */
export function makeQueueSelector(queue: QueueName): (state: DeskState) => Conversation[] {
  const compute = memoize(listOf);
  return (state) => compute(state.tables.conversations, queue, state.agentId, state.queues[queue]?.bound ?? -1);
}

/** Counts from the log where the server sends them; else what a changed conversation adds to and takes from them. */
export function countsAfter(counts: Counts, before: Tables, after: Tables, agentId: number): Counts {
  if (after.counts !== before.counts) return countsFromLog(counts, after, agentId);
  if (after.conversations === before.conversations) return counts;
  const next = { ...counts };
  for (const [id, now] of Object.entries(after.conversations)) {
    const was = before.conversations[id];
    if (was === now) continue;
    for (const queue of QUEUES) {
      const left = was ? Number(belongs(queue, was, agentId)) : 0;
      const joined = was || now.last_seq <= 1 ? Number(belongs(queue, now, agentId)) : 0;
      next[queue] = Math.max(0, next[queue] + joined - left);
    }
  }
  return next;
}

function countsFromLog(counts: Counts, after: Tables, agentId: number): Counts {
  const next = { ...counts };
  for (const queue of QUEUES) {
    const told = after.counts[queue === "mine" ? `mine:${agentId}` : queue];
    if (told) next[queue] = told.n;
  }
  return next;
}
