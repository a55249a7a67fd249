import type { Agent, Question } from "@sonnim/protocol";
import { act, cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { withTyping, type DeskState } from "../app/desk/state";
import { awaits, inOrder, mayAnswer, mine } from "../features/together/deciding";
import { Collision, Viewers } from "../features/together/Collision";
import { QuestionCard } from "../features/together/QuestionCard";
import { conversation, show, testDesk } from "./samples";

function agent(id: number, name: string, role: Agent["role"] = "agent"): Agent {
  return { id, v: 1, user_id: id, name, role, avatar_url: null, color: "#0F766E", locale: "en", languages: [], availability: "online", removed: false };
}

function question(id: number, more: Partial<Question> = {}): Question {
  return {
    id,
    v: 1,
    conversation_id: 1,
    asked_by_id: 8,
    to_agent_id: null,
    to_role: "lead",
    text: "May I?",
    due_at: null,
    overdue: false,
    matter: null,
    stand_in_agent_id: null,
    stand_in_role: null,
    handed_at: null,
    answered_by_id: null,
    answer: "",
    answered_at: null,
    withdrawn: false,
    created_at: "2026-11-22T03:00:00.000Z",
    ...more,
  };
}

const people = { 7: agent(7, "Nora", "lead"), 8: agent(8, "서연"), 9: agent(9, "浩然") };
const among = (change: (state: DeskState) => DeskState = (state) => state) =>
  testDesk((state) => change({ ...state, tables: { ...state.tables, agents: people } }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("a question", () => {
  it("waits for whom it names, or for the role it names and those above", () => {
    expect(awaits(question(1), people[7])).toBe(true);
    expect(awaits(question(1), people[8])).toBe(false);
    expect(awaits(question(1, { to_role: "admin" }), people[7])).toBe(false);
    expect(awaits(question(1, { to_role: "lead" }), agent(1, "Kim", "owner"))).toBe(true);
    expect(awaits(question(1, { to_agent_id: 8, to_role: null }), people[7])).toBe(false);
    expect(mayAnswer(question(1, { to_agent_id: 8, to_role: null }), agent(1, "Kim", "admin"))).toBe(true);
  });

  it("is put before its decider in the order in which answers are due, until it is settled", () => {
    const due = (hour: number) => `2026-11-22T0${hour}:00:00.000Z`;
    const questions = {
      1: question(1),
      2: question(2, { due_at: due(5) }),
      3: question(3, { due_at: due(4) }),
      4: question(4, { answered_at: due(3) }),
      5: question(5, { withdrawn: true }),
      6: question(6, { asked_by_id: 7 }),
    };
    const { store } = among((state) => ({ ...state, tables: { ...state.tables, questions } }));
    expect(mine(store.get()).map(({ id }) => id)).toEqual([3, 2, 1]);
    expect(mine(store.get())).toBe(mine(store.get()));
    expect(inOrder([question(2), question(1)]).map(({ id }) => id)).toEqual([1, 2]);
  });

  it("is answered where it stands", async () => {
    const asked: [string, string][] = [];
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
      asked.push([path, String(init.body)]);
      return Promise.resolve(new Response(JSON.stringify(question(3, { v: 2, answered_at: "2026-11-22T04:00:00Z" }))));
    });
    const desk = among();
    show(desk, <QuestionCard question={question(3)} />);
    await userEvent.type(screen.getByTestId("answer-3"), "Up to 5,000");
    await userEvent.click(screen.getByTestId("answer-send"));
    expect(asked).toEqual([["/api/v1/shops/1/questions/3/answer", '{"text":"Up to 5,000"}']]);
    expect(desk.store.get().tables.questions[3]?.answered_at).toBeTruthy();
  });

  it("offers no answer to whom it was not asked", () => {
    show(among((state) => ({ ...state, agentId: 9 })), <QuestionCard question={question(3)} />);
    expect(screen.queryByTestId("answer-3")).toBeNull();
    expect(screen.queryByTestId("withdraw")).toBeNull();
  });
});

describe("colleagues in the same conversation", () => {
  it("are seen while they read, I not among them", () => {
    const desk = among((state) => ({ ...state, viewers: { 1: [7, 8, 9] } }));
    show(desk, <Viewers conversation={conversation(1)} />);
    expect(screen.getByTestId("viewers").getAttribute("aria-label")).toBe("서연 and 浩然 are reading this too");
    act(() => desk.store.set((state) => ({ ...state, viewers: { 1: [7] } })));
    expect(screen.queryByTestId("viewers")).toBeNull();
  });

  it("are named while they write, each of them, until they stop", () => {
    const desk = among();
    const say = (id: number, until: number) =>
      act(() =>
        desk.store.set((state) =>
          withTyping(state, { t: "typing", conversation: 1, author: { kind: "agent", id }, on: true }, until),
        ),
      );
    show(desk, <Collision conversation={conversation(1)} />);
    say(7, Date.now() + 6_000);
    expect(screen.queryByTestId("collision")).toBeNull();
    say(8, Date.now() + 6_000);
    say(9, Date.now() + 6_000);
    expect(screen.getByTestId("collision").textContent).toContain("서연 and 浩然 are writing");
    say(8, 0);
    expect(screen.getByTestId("collision").textContent).toContain("浩然 is writing");
    say(9, 0);
    expect(screen.queryByTestId("collision")).toBeNull();
  });
});
