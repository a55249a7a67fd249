/** A composer whose coach is played by the test. */

import { byId, type Conversation, type EventFrame } from "@sonnim/protocol";
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import type { DeskState } from "../app/desk/state";
import { Composer } from "../features/composer/Composer";
import "../features/composer/coach/CoachCorner";
import { PAUSE } from "../features/composer/coach/asking";
import type { Mark } from "../features/composer/coach/marks";
import { forgetCoach } from "../features/composer/coach/server";
import { contact, conversation, show, testDesk } from "./samples";

interface Call { method: string; path: string; body: Record<string, unknown> | null; signal: AbortSignal | null }
export const calls: Call[] = [];

interface Played {
  strict: boolean;
  quieted: boolean;
  status: number;
  delay: number;
  /** What the coach says of a text. */
  says: (draft: string, resolving: boolean) => Partial<Mark>[];
}

const short: Played["says"] = (draft) => (/^ok\b/.test(draft) ? [{ suggestion: "Yes, gladly." }] : []);
const usual = (): Played => ({ strict: false, quieted: false, status: 200, delay: 0, says: short });
export const played: Played = usual();

const marked = (more: Partial<Mark>): Mark => ({ rule: "curt", severity: "warning", strict: false, start: 0, end: 2, message: "Too short", suggestion: null, ...more });

async function answer(path: string, body: Call["body"]): Promise<Response> {
  if (path.endsWith("/coach/rules")) return Response.json({ rules: [{ on: true, strict: played.strict }] });
  if (path.endsWith("/coach")) {
    if (played.delay) await new Promise((done) => setTimeout(done, played.delay));
    const { draft, resolving } = body as { draft: string; resolving: boolean };
    return Response.json({ marks: played.says(draft, resolving).map(marked), register: null, politeness: 1 }, { status: played.status });
  }
  if (path.endsWith("/dismissals")) return Response.json({ quieted: played.quieted }, { status: 201 });
  if (path.endsWith("/draft")) return Response.json({ draft: { conversation_id: 1, v: calls.length, data: {}, attachments: [], updated_at: "", ...body } });
  return new Response(null, { status: 204 });
}

/** To be called by each test file. */
export function playCoach(): void {
  beforeEach(() => {
    localStorage.clear();
    forgetCoach();
    vi.useFakeTimers();
    calls.length = 0;
    Object.assign(played, usual());
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
      const body = init.body ? (JSON.parse(String(init.body)) as Call["body"]) : null;
      calls.push({ method: init.method ?? "GET", path: url, body, signal: init.signal ?? null });
      const given = new Promise<never>((_, reject) => init.signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError"))));
      return Promise.race([answer(url, body), given]);
    });
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
}

let opened = 0;

export async function open(more: Partial<Conversation> = {}, change = (state: DeskState) => state) {
  // Another conversation each time: what was dismissed is remembered.
  const each = conversation(1_000 + ++opened, { contact_id: 101, ...more });
  const desk = testDesk((state) => change({ ...state, tables: { ...state.tables, conversations: byId([each]), contacts: byId([contact(101, "지우")]) } }));
  const ears = new Set<(event: EventFrame) => void>();
  desk.listen = (hear) => {
    ears.add(hear);
    return () => ears.delete(hear);
  };
  const tell = (type: string) => act(() => ears.forEach((hear) => hear({ type } as EventFrame)));
  const come = async () => {
    const { unmount } = show(desk, <Composer conversation={each} phone={false} />);
    await settle(0);
    return { leave: unmount, input: screen.getByTestId<HTMLTextAreaElement>("composer-input") };
  };
  return { desk, tell, ...(await come()), back: async () => (await come()).input };
}

export const settle = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
export const asked = () => calls.filter(({ path }) => path.endsWith("/coach")).map(({ body }) => body);
export const count = () => screen.queryByTestId("coach-count")?.textContent ?? null;
export const enter = (input: HTMLElement, more: object = {}) => fireEvent.keyDown(input, { key: "Enter", code: "Enter", ...more });

export async function write(input: HTMLElement, text: string, pause = PAUSE) {
  fireEvent.change(input, { target: { value: text } });
  await settle(pause);
}
