import type { Canned, Locale, ScriptVariant } from "@sonnim/protocol";
import { describe, expect, it } from "vitest";
import { bodyOf, drafted, way } from "../features/settings/scripts/drafting";
import { parted, scriptsIn } from "../features/settings/scripts/carrying";
import { listed, outcomeOf, season, share } from "../features/settings/scripts/outcomes";
import { byStage, dayIn, fitting, inForce, lastStage, momentOf, stillSays, unread, type Said } from "../features/composer/scripts";

let last = 0;

function variants(texts: readonly string[]): ScriptVariant[] {
  return texts.map((text) => ({ id: (last += 1), text, used: 0, answered: 0, resolved: 0, solved: 0, unsolved: 0 }));
}

function script(id: number, shortcut: string, title: string, texts: Partial<Record<Locale, string[]>>, more: Partial<Canned> = {}): Canned {
  const said = Object.entries(texts).map(([locale, each]) => [locale, variants(each)]);
  return {
    id, v: 1, shortcut, title, stage: "", texts: Object.fromEntries(said) as Canned["texts"], automatic: false,
    active_from: null, active_until: null, team_id: null, used: 0, ...more,
  };
}

describe("scripts", () => {
  const all = [
    script(1, "refund", "Refunds", { en: ["It is on its way"], ko: ["환불했어요"] }),
    script(2, "re", "Again", { zh: ["再来"] }, { used: 5 }),
    script(3, "hello", "Greeting", { en: ["Hello, about the refund"] }),
  ];

  it("are found by shortcut, title or what they say, the shortcut first", () => {
    const found = (query: string) => fitting(all, query, ["en"]).map((each) => each.canned.id);
    expect(found("")).toEqual([2, 3, 1]);
    expect(found("ref")).toEqual([1, 3]);
    expect(found("GREET")).toEqual([3]);
    expect(found("nothing")).toEqual([]);
  });

  it("speak the conversation's language, then the shop's, then any", () => {
    expect(fitting(all, "", ["ko", "en"]).map(({ canned: { id }, locale }) => [id, locale])).toEqual([
      [2, "zh"],
      [3, "en"],
      [1, "ko"],
    ]);
  });
});

describe("the next variant", () => {
  const ways = variants(["One", "Two", "Three"]);
  const read = (place: number, day: number): Said => ({
    variant_id: ways[place]?.id ?? 0,
    conversation_id: 1,
    at: `2026-11-${10 + day}T00:00:00.000Z`,
  });

  it("is one that the shopper has not read", () => {
    expect(unread(ways, [])).toBe(0);
    expect(unread(ways, [read(0, 1)])).toBe(1);
    expect(unread(ways, [read(1, 2), read(0, 1)])).toBe(2);
    expect(unread(ways, [{ variant_id: -1, conversation_id: 1, at: "2026-11-11T00:00:00.000Z" }])).toBe(0);
  });

  it("is the one read longest ago when all were read", () => {
    expect(unread(ways, [read(0, 3), read(1, 1), read(2, 2)])).toBe(1);
  });

  it("is offered first", () => {
    const hello = script(9, "hello", "Hello", { en: ["One", "Two"] });
    const [first] = hello.texts.en ?? [];
    const said = [{ variant_id: first?.id ?? 0, conversation_id: 1, at: "2026-11-11T00:00:00.000Z" }];
    expect(fitting([hello], "", ["en"], said)[0]?.at).toBe(1);
  });
});

describe("a period", () => {
  it("has both its days, by the shop's calendar", () => {
    const christmas = { active_from: "2026-12-24", active_until: "2026-12-25" };
    const days = ["2026-12-23", "2026-12-24", "2026-12-25", "2026-12-26"];
    expect(days.map((day) => inForce(christmas, day))).toEqual([false, true, true, false]);
    expect(inForce({ active_from: null, active_until: null }, "2026-12-24")).toBe(true);
    expect(dayIn("Asia/Seoul", Date.parse("2026-12-23T15:00:00Z"))).toBe("2026-12-24");
    expect(dayIn("America/Los_Angeles", Date.parse("2026-12-24T07:59:00Z"))).toBe("2026-12-23");
    expect(days.map((day) => season(christmas, day))).toEqual(["ahead", "now", "now", "over"]);
  });
});

describe("the moment of a conversation", () => {
  const open = { status: "open", last_agent_id: null, last_by: "contact", last_text: "Is it in stock?" } as const;
  const answered = { ...open, last_agent_id: 7 };

  it("begins with a welcome", () => {
    expect(momentOf(open, null)).toBe("welcome");
    expect(momentOf(null, null)).toBe("welcome");
    expect(momentOf({ ...open, last_text: "Thanks in advance" }, null)).toBe("welcome");
  });

  it("goes on from what was said last", () => {
    expect(momentOf(answered, null)).toBe("understanding");
    expect(momentOf(answered, "welcome")).toBe("understanding");
    expect(momentOf(answered, "understanding")).toBe("advice");
    expect(momentOf(answered, "negotiation")).toBe("payment");
    expect(momentOf(answered, "after_sales")).toBe("farewell");
    expect(momentOf(answered, "farewell")).toBe("farewell");
  });

  it("ends when it is settled, or when the shopper says thank you and asks nothing more", () => {
    expect(momentOf({ ...answered, status: "resolved" }, "welcome")).toBe("farewell");
    for (const last_text of ["감사합니다!", "好的，谢谢", "Great, thank you."]) expect(momentOf({ ...answered, last_text }, "advice")).toBe("farewell");
    for (const last_text of ["감사해요. 그런데 언제 오나요", "谢谢，什么时候到呢", "Thanks, but when?"]) {
      expect(momentOf({ ...answered, last_text }, "welcome")).toBe("understanding");
    }
  });

  it("knows the stage of the latest script in this conversation alone", () => {
    const hello = script(1, "a", "A", { en: ["Hello"] }, { stage: "welcome" });
    const price = script(2, "b", "B", { en: ["Price"] }, { stage: "negotiation" });
    const plain = script(3, "c", "C", { en: ["Plain"] });
    const said = [plain, price, hello].map((each, n): Said => ({
      variant_id: each.texts.en?.[0]?.id ?? 0,
      conversation_id: each === price ? 6 : 5,
      at: `2026-11-22T00:00:0${3 - n}.000Z`,
    }));
    expect(lastStage([hello, price, plain], said, 5)).toBe("welcome");
    expect(lastStage([hello, price, plain], said, 6)).toBe("negotiation");
    expect(lastStage([hello, price, plain], said, 7)).toBeNull();
  });

  it("comes first in the list, then the others as a conversation goes, and those of no stage last", () => {
    const all = (["farewell", "", "welcome", "payment"] as const).map((stage, n) => script(n, `s${n}`, `S${n}`, { en: ["x"] }, { stage }));
    const stages = byStage(fitting(all, "", ["en"]), "payment").map((each) => each.canned.stage);
    expect(stages).toEqual(["payment", "welcome", "farewell", ""]);
  });
});

describe("what was sent of a script", () => {
  it("counts when one of its sentences stands there as it was", () => {
    expect(stillSays("Dear Kim. One moment please, I am looking.", "One moment please, I am looking.")).toBe(true);
    expect(stillSays("잠시만 기다려 주세요. 지금 보고 있어요.", "잠시만 기다려 주세요. 바로 확인해 볼게요.")).toBe(true);
    expect(stillSays("您好，请稍等。", "请稍等。")).toBe(true);
    expect(stillSays("Something else altogether.", "One moment please. I am looking.")).toBe(false);
    expect(stillSays("", "Hello")).toBe(false);
  });
});

describe("a script that is written", () => {
  it("is sent with the ids of what is kept, without what says nothing", () => {
    const kept = script(1, "hello", "Hello", { en: ["One", "Two"] }, { stage: "welcome", active_from: "2026-12-01" });
    const draft = drafted(kept, kept.stage);
    const [one, two] = draft.ways.en;
    const body = bodyOf({ ...draft, ways: { ...draft.ways, en: [{ ...two!, text: " Two! " }, way(), way({ text: "New" })] } });
    expect(one?.id).toBe(kept.texts.en?.[0]?.id);
    expect(body).toMatchObject({
      stage: "welcome",
      automatic: false,
      active_from: "2026-12-01",
      active_until: null,
      texts: { en: [{ id: two?.id, text: "Two!" }, { text: "New" }] },
    });
    expect(Object.keys((body as { texts: object }).texts)).toEqual(["en"]);
  });

  it("greets by itself only as a welcome of everybody, and without formats", () => {
    const bold = [{ type: "paragraph" as const, content: [{ type: "text" as const, text: "Hello", bold: true as const }] }];
    const draft = { ...drafted(null, "welcome"), automatic: true };
    const said = { ...draft, ways: { ...draft.ways, en: [way({ text: "Hello", rich: bold })] } };
    expect(bodyOf(said)).toMatchObject({ automatic: true, texts: { en: [{ text: "Hello" }] } });
    expect(bodyOf({ ...said, team: "3" })).toMatchObject({ automatic: false, texts: { en: [{ rich: bold }] } });
    expect(bodyOf({ ...said, stage: "farewell" })).toMatchObject({ automatic: false });
  });
});

describe("outcomes", () => {
  it("are summed over languages and variants, and said as a share where there is one", () => {
    const hello = script(1, "hello", "Hello", { en: ["One", "Two"], ko: ["하나"] });
    const counted = Object.values(hello.texts).flat().map((each) => ({ ...each, used: 2, answered: 1 }));
    expect(outcomeOf({ ...hello, texts: { en: counted } })).toMatchObject({ used: 6, answered: 3, solved: 0 });
    expect([share(3, 6), share(0, 6), share(0, 0)]).toEqual([50, 0, null]);
  });

  it("are listed by name, of one stage or of all", () => {
    const all = [script(1, "b", "Bye", { en: ["See you"] }, { stage: "farewell" }), script(2, "a", "Ahoy", { ko: ["안녕"] }, { stage: "welcome" })];
    const names = (stage: Parameters<typeof listed>[1], query: string) => listed(all, stage, query).map((each) => each.title);
    expect(names(null, "")).toEqual(["Ahoy", "Bye"]);
    expect(names("farewell", "")).toEqual(["Bye"]);
    expect(names(null, "안녕")).toEqual(["Ahoy"]);
    expect(names("", "")).toEqual([]);
  });
});

describe("a file of scripts", () => {
  it("is read only when it is one of ours", () => {
    expect(scriptsIn('{"format":"sonnim-scripts/1","scripts":[{"shortcut":"a"}]}')).toEqual([{ shortcut: "a" }]);
    for (const text of ["", "[]", "{}", '{"format":"other","scripts":[]}', '{"format":"sonnim-scripts/1","scripts":[1]}']) {
      expect(scriptsIn(text)).toBeNull();
    }
  });

  it("goes in parts that one request can carry, in their order", () => {
    const small = Array.from({ length: 230 }, (_, n) => ({ n }));
    expect(parted(small).map((part) => part.length)).toEqual([100, 100, 30]);
    expect(parted(small).flat()).toEqual(small);
    const large = Array.from({ length: 5 }, (_, n) => ({ n, text: "가".repeat(25_000) }));
    expect(parted(large).map((part) => part.length)).toEqual([2, 2, 1]);
  });
});
