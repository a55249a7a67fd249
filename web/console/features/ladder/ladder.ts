/** The negotiation ladder: read for a conversation, and what an agent does on it. */

import { byId, type Conceded, type Ladder, type LadderEntry, type LadderStep, type Matter, type Question } from "@sonnim/protocol";
import { api } from "../../app/api";
import type { Desk } from "../../app/desk/desk";
import { withChange } from "../../app/desk/state";

/** What is to be conceded, as the server takes it. */
export interface Wanted {
  concession: string;
  step: string;
  measure: Matter["measure"];
  value: string;
  currency: string;
  order: string;
  reason: string;
  sentence: string;
  approval_id?: number;
}

const at = (desk: Desk, conversation: number) => `${desk.base}/conversations/${conversation}`;

export const readLadder = (desk: Desk, conversation: number, order: string) =>
  api.get<Ladder>(`${at(desk, conversation)}/ladder?order=${encodeURIComponent(order)}`);

export const concede = (desk: Desk, conversation: number, wanted: Wanted, client_id: string) =>
  api.post<Conceded>(`${at(desk, conversation)}/concessions`, { ...wanted, client_id });

export const takeBack = (desk: Desk, id: number) => api.post<Conceded>(`${desk.base}/concessions/${id}/take-back`);

async function put(desk: Desk, answer: Promise<Question>): Promise<void> {
  const question = await answer;
  desk.store.set((state) => withChange(state, { put: { questions: byId([question]) } }));
}

export const askApproval = (desk: Desk, conversation: number, wanted: Wanted) =>
  put(desk, api.post<Question>(`${at(desk, conversation)}/approvals`, wanted));

export interface Decision {
  decision: "grant" | "less" | "refuse";
  value?: string;
  text: string;
}

export const decide = (desk: Desk, approval: number, decision: Decision) =>
  put(desk, api.post<Question>(`${desk.base}/approvals/${approval}/answer`, decision));

/** Something that can be conceded: a step of the ladder or an entry of the menu. */
export type Offered = (LadderStep | LadderEntry) & { step: string };

/** In what an entry is reckoned: its money or percent before its number, as its limits have it. */
export function measureOf({ limits, kind }: Pick<Offered, "limits" | "kind">): Pick<Wanted, "measure" | "currency"> {
  const found = limits.find(({ measure }) => measure === "amount" || measure === "percent");
  if (found) return { measure: found.measure as Matter["measure"], currency: found.currency };
  if (kind === "discount" || kind === "partial_refund") return { measure: "percent", currency: "" };
  return { measure: "count", currency: "" };
}

/** What is left without asking: null where there is no number to it. */
export function leftOf(entry: Offered): string | null {
  const { measure } = measureOf(entry);
  const found = entry.limits.find((each) => each.measure === measure) ?? entry.limits.find((each) => each.measure === "none");
  return found ? found.left : null;
}

/** Whether so much is within all that the plan allows; the server has the last word. */
export function isWithin(entry: Offered, value: string): boolean {
  const { measure, currency } = measureOf(entry);
  if (!entry.allowed || entry.limits.some((limit) => limit.measure === "any")) return entry.allowed;
  return entry.limits.every((limit) => {
    const other = limit.measure === "amount" && measure === "amount" && limit.currency !== currency;
    if (limit.value === "" || other) return true;
    // What was given in another measure is compared through the order's worth, which nobody has said: better to ask.
    if (limit.left === null) return false;
    if (limit.measure === "count") return (measure === "count" ? Number(value) : 1) <= Number(limit.left);
    return limit.measure === measure && Number(value) <= Number(limit.left);
  });
}

export const isSum = (value: string) => /^[0-9]{1,10}(\.[0-9]{1,4})?$/.test(value) && Number(value) > 0;
