import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Mock } from "vitest";

const origin = "https://desk.example";
const shop = { origin, key: "pk", color: "#F2C94C", ink: "#1c2421", name: "Ongi", locale: "ko" };

function shadow(): ShadowRoot {
  return document.querySelector("sonnim-chat")!.shadowRoot!;
}
const button = () => shadow().querySelector("button")!;

/** The frame's stand-in: the DOM of these tests loads no frames. It has what the loader uses, and only listens. */
type Frame = HTMLElement & { src: string; contentWindow: { postMessage: Mock } };
const frame = () => shadow().querySelector<Frame>("x-frame");
const create = document.createElement.bind(document);
function createElement(tag: string): HTMLElement {
  if (tag !== "iframe") return create(tag);
  return Object.assign(create("x-frame"), { src: "", contentWindow: { postMessage: vi.fn() } });
}

async function load(html = "en"): Promise<void> {
  document.documentElement.lang = html;
  vi.stubGlobal("__SONNIM_CONFIG__", shop);
  vi.resetModules();
  await import("../loader/loader");
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
    await load();
    button().click();
    expect(document.querySelector("[style]:not(html)")).toBeNull();
    expect(shadow().querySelector("[style], style")).toBeNull();
    expect(shadow().adoptedStyleSheets).toHaveLength(1);
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
    expect(frame()!.className).toBe("");
    expect(button().getAttribute("aria-expanded")).toBe("true");
  });

  it("may lay things on the page's shelf, and finds its own again, not the store's", async () => {
    localStorage.setItem("basket", "1 bowl");
    await load();
    button().click();
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
    await load();
    button().click();
    expect(frame()!.contentWindow.postMessage).not.toHaveBeenCalled();
    say({ type: "ready" });
    const heard = frame()!.contentWindow.postMessage.mock.calls.map(([data, target]) => [(data as { type: string }).type, target]);
    expect(heard).toEqual([
      ["init", origin],
      ["open", origin],
    ]);
  });

  it("is heard only from its own window and origin", async () => {
    await load();
    button().click();
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
    say({ type: "unread", count: 3 });
    expect(button().getAttribute("aria-label")).toBe("Chat with us (3 unread)");
    expect(shadow().querySelector("b")!.textContent).toBe("3");
  });

  it("closes with Escape and gives the focus back to the launcher", async () => {
    await load();
    button().click();
    button().dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }));
    expect(button().getAttribute("aria-expanded")).toBe("false");
    expect(shadow().activeElement).toBe(button());
  });

  it("stays open over a page change in the same tab", async () => {
    await load();
    button().click();
    document.body.replaceChildren();
    await load();
    window.dispatchEvent(new Event("load"));
    expect(button().getAttribute("aria-expanded")).toBe("true");
  });
});
