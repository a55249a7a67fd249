import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Mock } from "vitest";

const origin = "https://desk.example";
const shop = { origin, key: "pk", color: "#F2C94C", name: "Ongi", locale: "ko" };

function shadow(): ShadowRoot {
  return document.querySelector("sonnim-chat")!.shadowRoot!;
}
/** Each frame's own window, which only listens: loaders of former tests still hear this page. */
const windows = new WeakMap<HTMLIFrameElement, { postMessage: Mock }>();
function inner(of: HTMLIFrameElement | null = frame()): { postMessage: Mock } | null {
  if (!of) return null;
  if (!windows.has(of)) windows.set(of, { postMessage: vi.fn() });
  return windows.get(of)!;
}
const button = () => shadow().querySelector("button")!;
const frame = () => shadow().querySelector("iframe");

async function load(html = "en"): Promise<void> {
  document.documentElement.lang = html;
  vi.stubGlobal("__SONNIM_CONFIG__", shop);
  vi.resetModules();
  await import("../loader/loader");
}

/** The frame speaks; `part` makes it somebody else. */
function say(data: object, part: { origin?: string; source?: unknown } = {}): void {
  const event = new MessageEvent("message", { data: { sonnim: 1, ...data } });
  Object.defineProperties(event, { origin: { value: part.origin ?? origin }, source: { value: part.source ?? inner() } });
  window.dispatchEvent(event);
}

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined); // the DOM here loads no frames, and says so
  vi.spyOn(HTMLIFrameElement.prototype, "contentWindow", "get").mockImplementation(function (this: HTMLIFrameElement) {
    return inner(this) as unknown as Window;
  });
  document.body.replaceChildren();
  sessionStorage.clear();
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
    expect(performance.getEntriesByName("sonnim:click").length).toBeGreaterThan(0);
  });

  it("is told of the page only after it has said that it is ready, and at its own origin", async () => {
    await load();
    button().click();
    expect(inner()!.postMessage).not.toHaveBeenCalled();
    say({ type: "ready" });
    const heard = inner()!.postMessage.mock.calls.map(([data, target]) => [(data as { type: string }).type, target]);
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
