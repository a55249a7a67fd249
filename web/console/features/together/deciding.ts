/** Whom a question waits for. The server decides who may answer; this decides what is put before whom. */

import type { Agent, Question } from "@sonnim/protocol";
import { memoize } from "../../app/store";
import type { DeskState, Table } from "../../app/desk/state";

const ORDER = ["agent", "lead", "admin", "owner"];

export function isOpen(question: Question): boolean {
  return question.answered_at === null && !question.withdrawn;
}

export function awaits(question: Question, me: Agent): boolean {
  const first = isMeant(question.to_agent_id, question.to_role, me);
  return first || (question.handed_at !== null && isMeant(question.stand_in_agent_id, question.stand_in_role, me));
}

function isMeant(agent: number | null, role: string | null, me: Agent): boolean {
  if (agent !== null) return agent === me.id;
  return ORDER.indexOf(me.role) >= ORDER.indexOf(role ?? "owner");
}

export function mayAnswer(question: Question, me: Agent): boolean {
  return awaits(question, me) || me.role === "admin" || me.role === "owner";
}

/** The soonest due first, those without a deadline last. */
export function inOrder(questions: Question[]): Question[] {
  const due = (each: Question) => (each.due_at === null ? Infinity : Date.parse(each.due_at));
  return questions.sort((a, b) => due(a) - due(b) || a.id - b.id);
}

const pickMine = memoize((questions: Table<Question>, me: Agent | undefined): Question[] =>
  me ? inOrder(Object.values(questions).filter((each) => isOpen(each) && awaits(each, me) && each.asked_by_id !== me.id)) : [],
);

/** What waits for my decision; the same list while nothing has changed. */
export function mine(state: DeskState): Question[] {
  return pickMine(state.tables.questions, state.tables.agents[state.agentId]);
}

export function makeOpenIn(conversation: number): (state: DeskState) => Question[] {
  const pick = memoize((questions: Table<Question>) =>
    inOrder(Object.values(questions).filter((each) => each.conversation_id === conversation && isOpen(each))),
  );
  return (state) => pick(state.tables.questions);
}
