import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLink, type LinkOptions } from "../src/link";
import { applyEvent, type Collections } from "../src/reducer";
import type { LooseFrame } from "../src/types";
import { Desk, FakeSocket, seeded } from "./server";

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = 0;
});
afterEach(() => vi.useRealTimers());

function client(desk: Desk, more: Partial<LinkOptions> = {}) {
  const seen = { states: [] as string[], applied: [] as number[], resets: [] as string[], frames: [] as LooseFrame[] };
  let state: Collections = { entries: {} };
  const link = createLink({
    url: "ws://desk/ws",
    identity: () => ({ as: "visitor", token: "t" }),
    WebSocket: desk.socketClass(),
    random: () => 0.5,
    onEvent(event) {
      seen.applied.push(event.pos);
      state = applyEvent(state, event);
    },
    onFrame: (frame) => void seen.frames.push(frame),
    async onReset(reason) {
      seen.resets.push(reason);
      const answer = { epoch: desk.epoch, pos: desk.pos };
      const entries = desk.entries();
      await new Promise((done) => setTimeout(done, 50));
      state = { entries };
      return answer;
    },
    onState: (next, why) => void seen.states.push(why ? `${next}:${why}` : next),
    ...more,
  });
  return { link, seen, view: () => state["entries"] };
}

const entry = (id: number) => ({ put: { entries: { [id]: { id } } } });

describe("a link", () => {
  it("starts with a reset, reads the snapshot and goes live", async () => {
    const desk = new Desk();
    desk.publish(entry(1));
    const { link, seen, view } = client(desk);
    link.start();
    await vi.advanceTimersByTimeAsync(500);
    expect(seen.states).toEqual(["connecting", "live"]);
    expect(seen.resets).toEqual(["first"]);
    expect(view()).toEqual(desk.entries());
  });

  it("shows what was published while the snapshot was read", async () => {
    const desk = new Desk();
    const { link, view } = client(desk);
    link.start();
    await vi.advanceTimersByTimeAsync(60);
    desk.publish(entry(1));
    await vi.advanceTimersByTimeAsync(500);
    expect(view()).toEqual({ 1: { id: 1 } });
  });

  it("takes an event whose prev is older than its own position, for nothing visible lies between", async () => {
    const desk = new Desk();
    desk.publish(entry(1));
    desk.publish({}, false);
    const { link, seen } = client(desk);
    link.start();
    await vi.advanceTimersByTimeAsync(500);
    expect(link.position.pos).toBe(2);
    desk.publish(entry(2));
    await vi.advanceTimersByTimeAsync(500);
    expect(seen.applied).toEqual([3]);
  });

  it("asks again on the same socket when a frame is missing, and ignores a repeated one", async () => {
    const desk = new Desk();
    const { link, seen, view } = client(desk);
    link.start();
    await vi.advanceTimersByTimeAsync(500);
    const [socket] = desk.sockets;
    socket!.mangle = (frame) => (frame.t === "event" && frame.pos === 1 ? [] : [frame, frame]);
    desk.publish(entry(1));
    socket!.mangle = (frame) => [frame, frame];
    desk.publish(entry(2));
    await vi.advanceTimersByTimeAsync(500);
    expect(seen.applied).toEqual([1, 2]);
    expect(view()).toEqual(desk.entries());
    expect(FakeSocket.made).toBe(1);
  });

  it("gives up a socket that has been silent for 60 seconds", async () => {
    const desk = new Desk();
    const { link, seen } = client(desk);
    link.start();
    await vi.advanceTimersByTimeAsync(500);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(FakeSocket.made).toBe(1);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(FakeSocket.made).toBe(2);
    expect(seen.states.at(-1)).toBe("live");
  });

  it("stays on a socket that is kept warm by heartbeats", async () => {
    const desk = new Desk();
    client(desk).link.start();
    for (let i = 0; i < 20; i++) {
      await vi.advanceTimersByTimeAsync(25_000);
      for (const socket of desk.sockets) socket.push({ t: "pong" });
    }
    expect(FakeSocket.made).toBe(1);
  });

  it("waits longer after each failure, but never more than 60 seconds", async () => {
    const desk = new Desk();
    desk.refuse = true;
    const { link } = client(desk);
    link.start();
    await vi.advanceTimersByTimeAsync(120_000);
    const early = FakeSocket.made;
    expect(early).toBeLessThan(12);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(FakeSocket.made - early).toBeGreaterThanOrEqual(2);
    expect(FakeSocket.made - early).toBeLessThan(8);
  });

  it("comes back at once when the page is looked at again", async () => {
    const desk = new Desk();
    desk.refuse = true;
    const { link, seen } = client(desk);
    link.start();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(link.state).toBe("offline");
    desk.refuse = false;
    link.wake();
    await vi.advanceTimersByTimeAsync(100);
    expect(seen.states.at(-1)).toBe("live");
  });

  it.each([
    [4001, "revoked:unauthenticated"],
    [4003, "revoked:removed"],
  ])("stops for good on close code %i", async (code, state) => {
    const desk = new Desk();
    const { link, seen } = client(desk);
    link.start();
    await vi.advanceTimersByTimeAsync(500);
    desk.cut(code);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(seen.states.at(-1)).toBe(state);
    expect(FakeSocket.made).toBe(1);
  });

  it("tells why it was revoked", async () => {
    const desk = new Desk();
    const { link, seen } = client(desk);
    link.start();
    await vi.advanceTimersByTimeAsync(500);
    for (const socket of desk.sockets) socket.push({ t: "revoke", why: "signed_out" });
    await vi.advanceTimersByTimeAsync(500);
    expect(seen.states.at(-1)).toBe("revoked:signed_out");
    expect(link.send({ t: "ping" })).toBe(false);
  });

  it("resumes after 4008 with the position it has", async () => {
    const desk = new Desk();
    const { link, seen, view } = client(desk);
    link.start();
    await vi.advanceTimersByTimeAsync(500);
    desk.cut(4008);
    desk.publish(entry(1));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(seen.resets).toEqual(["first"]);
    expect(view()).toEqual(desk.entries());
  });

  it("keeps away for the time that a draining server asks for", async () => {
    const desk = new Desk();
    const { link } = client(desk);
    link.start();
    await vi.advanceTimersByTimeAsync(500);
    for (const socket of desk.sockets) socket.push({ t: "drain", retry_after: 8 });
    await vi.advanceTimersByTimeAsync(10);
    desk.cut(1012);
    await vi.advanceTimersByTimeAsync(7_900);
    expect(FakeSocket.made).toBe(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(link.state).toBe("live");
  });

  it("reads one snapshot at a time, though the socket is cut while it is read", async () => {
    const desk = new Desk();
    let reads = 0;
    let atOnce = 0;
    const { link } = client(desk, {
      async onReset() {
        reads += 1;
        atOnce += 1;
        expect(atOnce).toBe(1);
        const answer = { epoch: desk.epoch, pos: desk.pos };
        await new Promise((done) => setTimeout(done, 5_000));
        atOnce -= 1;
        return answer;
      },
    });
    link.start();
    await vi.advanceTimersByTimeAsync(100);
    desk.cut();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(reads).toBe(1);
    expect(link.state).toBe("live");
  });

  it("tries again later when the snapshot cannot be read, without a storm", async () => {
    const desk = new Desk();
    let reads = 0;
    const { link } = client(desk, {
      onReset: () => {
        reads += 1;
        return reads < 4 ? Promise.reject(new Error("503")) : Promise.resolve({ epoch: desk.epoch, pos: desk.pos });
      },
    });
    link.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(reads).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(link.state).toBe("live");
  });

  it("reloads once when the log has a new epoch", async () => {
    const desk = new Desk();
    const { link, seen } = client(desk);
    link.start();
    await vi.advanceTimersByTimeAsync(500);
    Object.assign(desk, { epoch: "e2", pos: 0, log: [] });
    desk.cut();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seen.resets).toEqual(["first", "epoch"]);
    expect(link.position.epoch).toBe("e2");
  });
});

describe("the long poll", () => {
  function pollDesk(desk: Desk) {
    const bodies: Record<string, unknown>[] = [];
    const fetcher = (async (_url: string, init: RequestInit) => {
      const body = JSON.parse(String(init.body)) as { t: "resume"; epoch: string; pos: number };
      bodies.push(body);
      await new Promise((done) => setTimeout(done, 500));
      return new Response(JSON.stringify({ frames: desk.answerResume(body) }));
    }) as unknown as typeof fetch;
    return { bodies, fetcher };
  }

  it("takes over after three failed sockets, delivers, sends by HTTP, and hands back to a socket", async () => {
    const desk = new Desk();
    desk.refuse = true;
    const { bodies, fetcher } = pollDesk(desk);
    const { link, seen, view } = client(desk, {
      pollUrl: "/realtime/poll",
      fetch: fetcher,
      post: async (frame) => desk.store(frame) as LooseFrame,
    });
    link.start();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(FakeSocket.made).toBe(3);
    expect(link.state).toBe("live");
    expect(bodies[0]).toMatchObject({ t: "resume", as: "visitor", token: "t", epoch: null, wait: 0 });
    expect(bodies.at(-1)).toMatchObject({ wait: 25 });
    expect(
      link.send({ t: "send", client_id: "a", conversation: null, kind: "message", text: "hi", attachments: [] }),
    ).toBe(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seen.frames).toMatchObject([{ t: "ack", client_id: "a" }]);
    expect(view()).toEqual(desk.entries());
    desk.refuse = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(desk.sockets.size).toBe(1);
    const polls = bodies.length;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(bodies.length).toBe(polls);
    expect(seen.states.at(-1)).toBe("live");
  });

  it("returns to sockets when nothing answers at all, for then the server is away", async () => {
    const desk = new Desk();
    desk.refuse = true;
    const { link } = client(desk, { pollUrl: "/p", fetch: () => Promise.reject(new TypeError("network")) });
    link.start();
    await vi.advanceTimersByTimeAsync(20_000);
    desk.refuse = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(link.state).toBe("live");
    expect(desk.sockets.size).toBe(1);
  });

  it("is revoked when the poll is refused", async () => {
    const desk = new Desk();
    desk.refuse = true;
    const { link, seen } = client(desk, {
      pollUrl: "/p",
      fetch: () => Promise.resolve(new Response("{}", { status: 401 })),
    });
    link.start();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(seen.states.at(-1)).toBe("revoked:unauthenticated");
  });
});

describe("through cuts, losses, repeats and new epochs", () => {
  it.each(Array.from({ length: 40 }, (_, i) => i + 1))("every event arrives once and in order (seed %i)", async (seed) => {
    const random = seeded(seed);
    const desk = new Desk();
    desk.keep = 30;
    const { link, seen, view } = client(desk, { random });
    link.start();
    let next = 0;
    for (let step = 0; step < 120; step++) {
      const dice = random();
      const socket = [...desk.sockets][0];
      if (dice < 0.55) desk.publish(entry(++next), random() < 0.7);
      else if (dice < 0.65) desk.cut(random() < 0.5 ? 1006 : 4008);
      else if (dice < 0.7) desk.refuse = !desk.refuse;
      else if (dice < 0.8 && socket)
        socket.mangle = (frame) => (frame.t !== "event" || random() < 0.6 ? [frame] : random() < 0.5 ? [] : [frame, frame]);
      else if (dice < 0.83) link.wake();
      await vi.advanceTimersByTimeAsync(Math.floor(random() * 300));
    }
    desk.refuse = false;
    for (const socket of desk.sockets) socket.mangle = (frame) => [frame];
    link.wake();
    await vi.advanceTimersByTimeAsync(90_000);
    desk.publish(entry(next + 1));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(link.state).toBe("live");
    expect(seen.applied).toEqual([...new Set(seen.applied)].sort((a, b) => a - b));
    expect(view()).toEqual(desk.entries());
  });
});
