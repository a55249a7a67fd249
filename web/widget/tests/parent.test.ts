import { beforeEach, describe, expect, it, vi } from "vitest";
import { connectParent } from "../app/parent";
import type { Said } from "../app/parent";

type Ear = (event: { source: unknown; origin: string; data: unknown }) => void;

describe("the talk with the store's page", () => {
  const parent = { postMessage: vi.fn() };
  let ear: Ear | undefined;
  let heard: Said[];

  function frame(hash: string): Window {
    const addEventListener = (_: string, hear: Ear) => void (ear = hear);
    return { parent, location: { hash }, addEventListener } as unknown as Window;
  }
  beforeEach(() => {
    ear = undefined;
    heard = [];
    parent.postMessage.mockClear();
  });

  it("hears only the page that holds the frame, from the origin it named", () => {
    connectParent((said) => heard.push(said), frame("#ko,https%3A%2F%2Fstore.example"));
    const data = { sonnim: 1, type: "open" };
    ear!({ source: parent, origin: "https://evil.example", data });
    ear!({ source: {}, origin: "https://store.example", data });
    ear!({ source: parent, origin: "https://store.example", data: { type: "open" } });
    ear!({ source: parent, origin: "https://store.example", data: "open" });
    ear!({ source: parent, origin: "https://store.example", data: null });
    expect(heard).toEqual([]);
    ear!({ source: parent, origin: "https://store.example", data });
    expect(heard).toEqual([data]);
  });

  it("speaks to that origin alone", () => {
    const link = connectParent(() => undefined, frame("#ko,https://store.example"));
    link.say("unread", { count: 2 });
    expect(parent.postMessage).toHaveBeenCalledWith({ sonnim: 1, type: "unread", count: 2 }, "https://store.example");
    expect(link.locale).toBe("ko");
  });

  it("is mute and deaf when no page has named itself", () => {
    for (const hash of ["", "#ko", "#ko,*", "#ko,javascript:1", "#ko,null"]) {
      const link = connectParent((said) => heard.push(said), frame(hash));
      link.say("ready");
      expect(link.origin).toBeNull();
    }
    expect(ear).toBeUndefined();
    expect(parent.postMessage).not.toHaveBeenCalled();
  });
});
