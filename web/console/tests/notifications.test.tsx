import type { EventFrame } from "@sonnim/protocol";
import { describe, expect, it } from "vitest";
import { newsOf } from "../features/notifications/news";
import { isQuiet, wants, type Preferences, type Quiet } from "../features/notifications/preferences";
import { deviceName } from "../features/notifications/push";
import { conversation } from "./samples";

const AT = "2026-11-22T03:00:00.000Z";
const NOW = Date.parse(AT) + 500;
const me = { agentId: 3, teams: [7] };

function event(type: string, put: Record<string, Record<string, object>>, at = AT): EventFrame {
  return { t: "event", pos: 5, prev: 4, type, conversation: 1, at, desk: { put } } as EventFrame;
}

function spoken(more: object, at = AT): EventFrame {
  const talk = conversation(1, { waiting_since: AT, last_by: "contact", assignee_id: null, team_id: null, ...more });
  return event("message.created", { conversations: { 1: talk } }, at);
}

const kinds = (heard: EventFrame, now = NOW) => newsOf(heard, me, now).map((news) => news.kind);

describe("a live event", () => {
  it("is news when somebody writes in my conversation", () => {
    expect(kinds(spoken({ assignee_id: 3, waiting_since: "2026-11-22T02:00:00.000Z" }))).toEqual(["message"]);
  });

  it("is no news when a colleague has it, or answers", () => {
    expect(kinds(spoken({ assignee_id: 4 }))).toEqual([]);
    expect(kinds(spoken({ assignee_id: 3, last_by: "agent", waiting_since: null }))).toEqual([]);
  });

  it("rings for the first word that nobody has taken, not for the second", () => {
    expect(kinds(spoken({}))).toEqual(["new"]);
    expect(kinds(spoken({ waiting_since: "2026-11-22T02:59:00.000Z" }))).toEqual([]);
  });

  it("rings for my team, not for another one", () => {
    expect(kinds(spoken({ team_id: 7 }))).toEqual(["new"]);
    expect(kinds(spoken({ team_id: 8 }))).toEqual([]);
  });

  it("brings the notices that the server has made for me", () => {
    const notice = { id: 1, v: 5, kind: "mention", conversation_id: 9, seq: 4, by_id: 2, question_id: null, at: AT, seen: false };
    expect(newsOf(event("notification.created", { notifications: { 1: notice } }), me, NOW)).toEqual([
      { kind: "mention", conversation: 9, seq: 4, by: 2 },
    ]);
  });

  it("is no news any more when the line comes back after minutes", () => {
    expect(kinds(spoken({}), NOW + 61_000)).toEqual([]);
  });
});

describe("quiet hours", () => {
  const quiet: Quiet = { on: true, start: "22:00", end: "08:00", off_days: [] };
  const at = (time: string) => Date.parse(`2026-11-23T${time}:00+09:00`);
  const isSo = (time: string, more: Partial<Quiet> = {}) => isQuiet({ ...quiet, ...more }, at(time), "Asia/Seoul");

  it("reach over midnight, in the shop's time", () => {
    expect(["21:59", "22:00", "03:00", "07:59", "08:00"].map((time) => isSo(time))).toEqual([false, true, true, true, false]);
  });

  it("hold on whole days, and only when switched on", () => {
    expect(isSo("12:00", { off_days: [0] })).toBe(true);
    expect(isSo("12:00", { off_days: [6] })).toBe(false);
    expect(isSo("03:00", { on: false })).toBe(false);
  });
});

describe("preferences", () => {
  it("count an answer and a deadline among the questions", () => {
    const known = { kinds: { question: false, mention: true } } as Preferences;
    expect(["answered", "overdue", "question", "mention"].map((kind) => wants(known, kind))).toEqual([false, false, false, true]);
  });
});

describe("a device", () => {
  it("is named so that one's own machines can be told apart", () => {
    const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    expect(deviceName(chrome)).toBe("Chrome · Windows");
    expect(deviceName(chrome.replace(" Safari", " Edg/142.0 Safari"))).toBe("Edge · Windows");
    expect(deviceName("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1")).toBe("Safari · iPhone");
    expect(deviceName("curl/8")).toBe("");
  });
});
