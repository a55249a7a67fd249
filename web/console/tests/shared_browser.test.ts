import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createDesk, type Desk } from "../app/desk/desk";
import { session } from "../app/session";
import { isOn, renew, switchOn } from "../features/notifications/push";

const KEY = "BAAA";
let desks: Desk[] = [];

beforeEach(() => localStorage.clear());
afterEach(() => {
  for (const desk of desks) desk.stop();
  desks = [];
  vi.unstubAllGlobals();
});

function deskOf(agentId: number): Desk {
  const desk = createDesk({ shopId: 1, agentId, onRevoked: () => undefined });
  desks.push(desk);
  return desk;
}

describe("a browser that colleagues share", () => {
  it("sends nobody what another left in the outbox, and still has it for its owner", () => {
    const first = deskOf(7);
    first.send({ conversation: 3, kind: "message", text: "on its way" });
    first.stop();
    expect(deskOf(8).outbox.items).toEqual([]);
    expect(deskOf(7).outbox.items.map((item) => item.text)).toEqual(["on its way"]);
  });

  it("brings nobody the pushes of another, and brings them again to whoever asked for them", async () => {
    const worker = fakePushes();
    signIn(7);
    await switchOn("/shops/1");
    expect([worker.current(), isOn("/shops/1")]).toEqual(["push-1", true]);
    signIn(8);
    expect(isOn("/shops/1")).toBe(false);
    await renew("/shops/1");
    expect(worker.current()).toBeNull();
    signIn(7);
    await renew("/shops/1");
    expect(worker.current()).toBe("push-2");
    expect(worker.told).toEqual(["push-1", "push-2"]);
  });
});

function signIn(id: number): void {
  const user = { id, email: "", name: "", locale: "en" as const, theme: "auto" as const };
  session.set(() => ({ status: "in", me: { user, shops: [], csrf: "" } }));
}

function fakePushes() {
  let made = 0;
  let current: string | null = null;
  const told: string[] = [];
  const options = { applicationServerKey: Uint8Array.from(atob(KEY), (each) => each.charCodeAt(0)).buffer };
  const here = () => current && {
    options,
    unsubscribe: async () => void (current = null),
    toJSON: () => ({ endpoint: current, keys: {} }),
  };
  const pushManager = {
    getSubscription: async () => here(),
    subscribe: async () => {
      current ??= `push-${++made}`;
      return here();
    },
  };
  const worker = { ready: Promise.resolve({ pushManager }), getRegistration: async () => ({ pushManager }) };
  vi.stubGlobal("navigator", { serviceWorker: worker, userAgent: "" });
  vi.stubGlobal("PushManager", Object);
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("Notification", { permission: "granted", requestPermission: async () => "granted" });
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    if (init.body) told.push(JSON.parse(String(init.body)).endpoint);
    return new Response(JSON.stringify({ key: KEY, items: [] }), { status: 200 });
  });
  return { current: () => current, told };
}
