import { beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { load } from "../src";

const options = { origin: "https://desk.example", key: "pk" };
const own = window as { Sonnim?: unknown };
const asked: HTMLScriptElement[] = [];

beforeEach(() => {
  document.head.replaceChildren();
  delete own.Sonnim;
  asked.length = 0;
  // The DOM of these tests loads no scripts.
  vi.spyOn(document.head, "append").mockImplementation((...nodes) => void asked.push(...(nodes as HTMLScriptElement[])));
  vi.spyOn(document, "querySelector").mockImplementation(
    (wanted) => asked.find((script) => wanted === `script[src="${script.src}"]`) ?? null,
  );
});

describe("load", () => {
  it("puts one script on the page, however often it is called", () => {
    load({ ...options, locale: "ko", identity: "signed", pageTitle: "Moon jar" });
    load(options);
    expect(asked).toHaveLength(1);
    expect(asked[0]!.src).toBe("https://desk.example/widget/pk.js");
    expect({ ...asked[0]!.dataset }).toEqual({ locale: "ko", identity: "signed", pageTitle: "Moon jar" });
    expect(asked[0]!.async).toBe(true);
  });

  it("keeps commands for the loader, which finds them in its queue", () => {
    const sonnim = load(options);
    sonnim("open");
    sonnim("identify", null);
    expect((own.Sonnim as { q: unknown[] }).q).toEqual([["open"], ["identify", null]]);
  });

  it("hands commands on once the loader is there", () => {
    const sonnim = load(options);
    const real = vi.fn();
    own.Sonnim = real;
    sonnim("message", "Is it still there?");
    expect(real).toHaveBeenCalledWith("message", "Is it still there?");
  });

  it("refuses an address or a key that is none", () => {
    expect(() => load({ ...options, origin: "desk" })).toThrow(TypeError);
    expect(() => load({ ...options, key: '"><script' })).toThrow(TypeError);
    expect(asked).toHaveLength(0);
  });

  it("does nothing where there is no page", () => {
    vi.stubGlobal("document", undefined);
    const sonnim = load(options);
    vi.unstubAllGlobals();
    sonnim("open");
    expect(asked).toHaveLength(0);
    expect(own.Sonnim).toBeUndefined();
  });

  it("knows what each listener is told", () => {
    const sonnim = load(options);
    sonnim("on", "unread", (count) => expectTypeOf(count).toEqualTypeOf<number>());
    sonnim("on", "message", ({ by }) => expectTypeOf(by).toEqualTypeOf<"agent" | "shopper">());
    // @ts-expect-error there is no such command
    sonnim("explode");
  });
});
