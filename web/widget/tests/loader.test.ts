import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Mock } from "vitest";
import type { LauncherConfig } from "../loader/scene";

const origin = "https://desk.example";
const shop: LauncherConfig = {
  origin,
  frame: `${origin}/widget/pk/frame`,
  bridge: `${origin}/widget/assets/bridge-1.js`,
  color: "#F2C94C",
  ink: "#1c2421",
  name: "Ongi",
  locale: "ko",
  launcher: "round",
  side: "end",
  x: 20,
  y: 20,
  labels: {},
  theme: "auto",
  hide: "",
};
type Api = (...said: unknown[]) => void;
const sonnim: Api = (...said) => (window as unknown as { Sonnim: Api }).Sonnim(...said);

function shadow(): ShadowRoot {
  return document.querySelector("sonnim-chat")!.shadowRoot!;
}
const button = () => shadow().querySelector("button")!;

/** The frame's stand-in: the DOM of these tests loads no frames. It has what the loader uses, and only listens. */
type Frame = HTMLElement & { src: string; contentWindow: { postMessage: Mock } };
const frame = () => shadow().querySelector<Frame>("x-frame");
const create = document.createElement.bind(document);
function createElement(tag: string): HTMLElement {
  if (tag === "script") return Object.defineProperty(create(tag), "src", { set: (src: string) => void asked.push(src) });
  if (tag !== "iframe") return create(tag);
  return Object.assign(create("x-frame"), { src: "", contentWindow: { postMessage: vi.fn() } });
}

async function load(html = "en", part: Partial<LauncherConfig> = {}): Promise<void> {
  document.documentElement.lang = html;
  vi.stubGlobal("__SONNIM_CONFIG__", { ...shop, ...part });
  vi.resetModules();
  await import("../loader/loader");
}

/** The bridge, if the loader has asked for it. */
const asked: string[] = [];
const wanted = () => asked.at(-1) === shop.bridge;
async function arrive(): Promise<void> {
  expect(wanted()).toBe(true);
  await import("../bridge/bridge");
}

async function opened(html = "en", part: Partial<LauncherConfig> = {}): Promise<void> {
  await load(html, part);
  button().click();
  await arrive();
}

/** The frame speaks; `part` makes it somebody else. */
function say(data: object, part: { origin?: string; source?: unknown } = {}): void {
  const event = new MessageEvent("message", { data: { sonnim: 1, ...data } });
  const source = part.source ?? frame()?.contentWindow;
  Object.defineProperties(event, { origin: { value: part.origin ?? origin }, source: { value: source } });
  window.dispatchEvent(event);
}

beforeEach(() => {
  vi.spyOn(document, "createElement").mockImplementation(createElement);
  document.body.replaceChildren();
  asked.length = 0;
  delete (window as { Sonnim?: unknown }).Sonnim;
  sessionStorage.clear();
  localStorage.clear();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("the launcher", () => {
  it("is a real button with a name in the page's language", async () => {
    await load("zh-CN");
    expect(button().getAttribute("aria-label")).toBe("在线客服");
    expect(button().getAttribute("aria-expanded")).toBe("false");
  });

  it("speaks the shop's language on a page that names none we know", async () => {
    await load("fr");
    expect(button().getAttribute("aria-label")).toBe("상담 채팅");
  });

  it("draws no second launcher when a page includes it twice", async () => {
    await load();
    await load();
    expect(document.querySelectorAll("sonnim-chat")).toHaveLength(1);
  });

  it("writes no style attribute and no style element, which a strict policy would refuse", async () => {
    await opened();
    expect(document.querySelector("[style]:not(html)")).toBeNull();
    expect(shadow().querySelector("[style], style")).toBeNull();
    expect(shadow().adoptedStyleSheets).toHaveLength(2);
  });
});

describe("the frame", () => {
  it("is loaded on the first hover, not before, and opened by a click", async () => {
    await load();
    expect(frame()).toBeNull();
    button().dispatchEvent(new Event("pointerenter"));
    expect(frame()!.src).toBe(`${origin}/widget/pk/frame#en,${location.origin}`);
    expect(frame()!.className).toBe("off");
    button().click();
    await arrive();
    expect(frame()!.className).toBe("auto");
    expect(button().getAttribute("aria-expanded")).toBe("true");
  });

  it("may lay things on the page's shelf, and finds its own again, not the store's", async () => {
    localStorage.setItem("basket", "1 bowl");
    await opened();
    say({ type: "keep", name: "sonnim:pk:draft", value: "half a word" });
    say({ type: "keep", name: "sonnim:pk:token", value: "t" });
    say({ type: "keep", name: "sonnim:pk:token" });
    say({ type: "keep", name: "sonnim:pk:token", value: "stolen" }, { origin: "https://elsewhere.example" });
    expect({ ...localStorage }).toEqual({ basket: "1 bowl", "sonnim:pk:draft": "half a word" });
    say({ type: "ready" });
    const [told] = frame()!.contentWindow.postMessage.mock.calls[0]!;
    expect((told as { kept: unknown }).kept).toEqual([["sonnim:pk:draft", "half a word"]]);
  });

  it("is told of the page only after it has said that it is ready, and at its own origin", async () => {
    await opened();
    expect(frame()!.contentWindow.postMessage).not.toHaveBeenCalled();
    say({ type: "ready" });
    const heard = frame()!.contentWindow.postMessage.mock.calls.map(([data, target]) => [(data as { type: string }).type, target]);
    expect(heard).toEqual([
      ["init", origin],
      ["open", origin],
    ]);
  });

  it("is heard only from its own window and origin", async () => {
    await opened();
    say({ type: "close" }, { origin: "https://evil.example" });
    say({ type: "close" }, { source: window });
    say({ type: "close", sonnim: 2 });
    expect(button().getAttribute("aria-expanded")).toBe("true");
    say({ type: "close" });
    expect(button().getAttribute("aria-expanded")).toBe("false");
  });

  it("tells of unread messages in the name and on a badge while it is shut", async () => {
    await load();
    button().dispatchEvent(new Event("pointerenter"));
    await arrive();
    say({ type: "unread", count: 3 });
    expect(button().getAttribute("aria-label")).toBe("Chat with us (3 unread)");
    expect(shadow().querySelector("b")!.textContent).toBe("3");
  });

  it("closes with Escape and gives the focus back to the launcher", async () => {
    await opened();
    button().dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }));
    expect(button().getAttribute("aria-expanded")).toBe("false");
    expect(shadow().activeElement).toBe(button());
  });

  it("stays open over a page change in the same tab", async () => {
    await opened();
    document.body.replaceChildren();
    await load();
    window.dispatchEvent(new Event("load"));
    await arrive();
    expect(button().getAttribute("aria-expanded")).toBe("true");
  });
});

describe("the look", () => {
  it("stands where the shop wants it, in the shop's own words", async () => {
    await load("ko", { launcher: "pill", side: "start", x: 8, labels: { ko: "물어보기" } });
    expect(button().className).toBe("pill");
    expect(button().textContent).toBe("물어보기");
    expect(button().getAttribute("aria-label")).toBe("물어보기");
    expect(shadow().adoptedStyleSheets[0]!.cssRules[1]!.cssText).toContain("inset-inline-start: 8px");
  });

  it("hides on the pages that the shop names, and follows a page that moves", async () => {
    history.replaceState(null, "", "/checkout/pay");
    await load("en", { hide: "^(/checkout(/.*)?)$" });
    const host = document.querySelector("sonnim-chat")!;
    expect(host.className).toBe("off");
    sonnim("show");
    await arrive();
    expect(host.className).toBe("");
    history.replaceState(null, "", "/");
  });
});

describe("the page's commands", () => {
  const heard = () => frame()!.contentWindow.postMessage.mock.calls.map(([data]) => data as Record<string, unknown>);

  it("wait for the bridge, and cost nothing on a page that gives none", async () => {
    await load();
    window.dispatchEvent(new Event("load"));
    expect(wanted()).toBe(false);
    sonnim("open");
    expect(wanted()).toBe(true);
    expect(frame()).toBeNull();
    await arrive();
    expect(frame()!.className).toBe("auto");
    expect(button().getAttribute("aria-expanded")).toBe("true");
  });

  it("may come before the loader itself", async () => {
    const opens = vi.fn();
    (window as { Sonnim?: unknown }).Sonnim = { q: [["on", "open", opens], ["open"]] };
    await load();
    window.dispatchEvent(new Event("load"));
    await arrive();
    expect(opens).toHaveBeenCalledTimes(1);
  });

  it("open, close and toggle, and tell who listens", async () => {
    await opened();
    const calls: string[] = [];
    sonnim("on", "open", () => calls.push("open"));
    const closes = () => calls.push("close");
    sonnim("on", "close", closes);
    sonnim("close");
    sonnim("toggle");
    sonnim("off", "close", closes);
    sonnim("close");
    expect(calls).toEqual(["close", "open"]);
  });

  it("tell the frame who the shopper is, what they look at, and what they might write", async () => {
    await opened();
    say({ type: "ready" });
    sonnim("identify", "signed");
    sonnim("page", { title: "Moon jar", url: "https://store.example/moon-jar" });
    sonnim("message", "Is it still there?");
    const [identify, page, message] = heard().slice(2);
    expect(identify).toMatchObject({ type: "identify", identity: "signed" });
    expect(page).toMatchObject({ type: "page", page: { title: "Moon jar", url: "https://store.example/moon-jar", named: true } });
    expect(message).toMatchObject({ type: "message", text: "Is it still there?" });
  });

  it("keep a proposed text until the frame can hear it", async () => {
    await load();
    sonnim("message", "Hello");
    await arrive();
    say({ type: "ready" });
    expect(heard().map((each) => each["type"])).toEqual(["init", "open", "message"]);
  });

  it("change theme and language of launcher and chat", async () => {
    await opened("en", { launcher: "tab" });
    say({ type: "ready" });
    sonnim("theme", "dark");
    sonnim("locale", "ko");
    expect(frame()!.className).toBe("dark");
    expect(button().textContent).toBe("상담 채팅");
    expect(heard().at(-1)).toMatchObject({ type: "look", theme: "dark", locale: "ko" });
  });

  it("that are none are told of, and break nothing", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    await opened();
    for (const wrong of [["explode"], ["on", "nothing", () => undefined], ["theme", "pink"], ["locale", "fr"], ["__proto__"], [null]])
      sonnim(...wrong);
    expect(warned).toHaveBeenCalledTimes(6);
    expect(button().getAttribute("aria-expanded")).toBe("true");
  });

  it("tell of messages without their words, of the count of unread ones, and of who was recognised", async () => {
    await opened();
    const calls: unknown[] = [];
    for (const event of ["ready", "message", "unread", "identified"]) sonnim("on", event, (what: unknown) => calls.push([event, what]));
    say({ type: "ready" });
    say({ type: "message", by: "agent", text: "secret" });
    say({ type: "unread", count: 2 });
    say({ type: "unread", count: 2 });
    say({ type: "identified", verified: true });
    expect(calls).toEqual([
      ["ready", undefined],
      ["message", { by: "agent" }],
      ["unread", 2],
      ["identified", { verified: true }],
    ]);
  });

  it("are not stopped by a listener that fails", async () => {
    vi.stubGlobal("reportError", vi.fn());
    await opened();
    const second = vi.fn();
    sonnim("on", "close", () => {
      throw new Error("the page's own");
    });
    sonnim("on", "close", second);
    sonnim("close");
    expect(second).toHaveBeenCalledTimes(1);
    expect(reportError).toHaveBeenCalledTimes(1);
  });
});
