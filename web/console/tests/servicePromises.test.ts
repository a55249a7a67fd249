import { beforeAll, describe, expect, it } from "vitest";
import { loadWords, type Words } from "../app/i18n";
import { BLANK, lasting, sentences, sent, suggestions, unitOf, WALL, type Values } from "../features/settings/promises/policy";

const channel = (kind: string, live: boolean) => ({
  kind,
  names: { ko: "채팅", zh: "聊天", en: "chat" },
  icon: "chat",
  max_text: 1,
  max_files: 1,
  typing: live,
  read_receipts: live,
  letters: !live,
  live,
  rich: "none" as const,
});
const names = { channels: [channel("live", true)], teams: { 4: { name: "Claims" } }, tags: {} };
/** Browsers abbreviate English units each in their way. */
const plain = (said: string[]) => said.map((each) => each.replace(/ secs?\b/g, " s"));
const chat: Values = { ...BLANK, fits: { channels: ["live"] }, targets: { first_reply: 10 } };

describe("what a service promise says", () => {
  let en: Words, ko: Words, zh: Words;
  beforeAll(async () => {
    [en, ko, zh] = await Promise.all([loadWords("en"), loadWords("ko"), loadWords("zh")]);
  });

  it("is one sentence for each thing that is promised", () => {
    expect(plain(sentences(en, chat, names))).toEqual(["A first answer in chat within 10 s, warns at 7 s, tells the lead at 10 s."]);
    expect(sentences(ko, chat, names)).toEqual(["채팅 첫 답변은 10초 안에, 7초에 미리 알림, 10초에 팀장에게 알림."]);
    expect(sentences(zh, chat, names)).toEqual(["聊天 10秒内首次回复，7秒时预警，10秒时通知主管。"]);
    expect(sentences(en, BLANK, names)).toEqual([]);
  });

  it("names every step in the order of time", () => {
    const steps = { ...chat, warn_percent: 0, stages: [{ percent: 300, team_id: 4 }, { percent: 200, release: true, priority: 3 as const }] };
    expect(plain(sentences(en, steps, names))[0]).toBe(
      "A first answer in chat within 10 s, makes it urgent at 20 s, puts it back in the queue at 20 s, gives it to Claims at 30 s.",
    );
  });

  it("counts business time in hours, for a day of it is no day", () => {
    expect(lasting("en-GB", 90_000)).toBe("1 day 1 hr");
    expect(lasting("en-GB", 90_000, false)).toBe("25 hrs");
    const slow = { ...BLANK, targets: { resolution: 86_400 }, stages: [], warn_percent: 0 };
    expect(sentences(en, slow, names)).toEqual(["Settled within 24 hrs."]);
    expect(sentences(en, { ...slow, calendar_id: WALL }, names)).toEqual(["Settled within 1 day."]);
  });

  it("is entered in the largest unit that fits", () => {
    expect([10, 90, 60, 7200, 86_400].map(unitOf)).toEqual(["s", "s", "m", "h", "d"]);
  });

  it("sends what was filled in alone", () => {
    const values = { ...chat, fits: { channels: ["live"], teams: [] }, stages: [{ percent: 100, notify: "" as const, priority: null, team_id: 4 }] };
    expect(sent(values)).toMatchObject({ fits: { channels: ["live"] }, stages: [{ percent: 100, team_id: 4 }] });
  });

  it("is suggested for the channels that a shop has", () => {
    const [first, , third] = suggestions(en, [channel("live", true), channel("post", false)]);
    expect([first?.fits.channels, first?.targets.first_reply, third?.fits.channels]).toEqual([["live"], 10, ["post"]]);
    expect(suggestions(en, [channel("live", true)])).toHaveLength(2);
  });
});
