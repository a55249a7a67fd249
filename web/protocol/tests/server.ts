/** A desk in memory that speaks the delivery protocol, and cuts, repeats and reorders as the test likes. */

import type { AckFrame, Change, EventFrame, Position, SendFrame, ServerFrame } from "../src/types";

type Hello = { t: "resume" } & Position & Record<string, unknown>;

export class Desk {
  epoch = "e1";
  pos = 0;
  log: EventFrame[] = [];
  stored = new Map<string, AckFrame>();
  order: string[] = [];
  sockets = new Set<FakeSocket>();
  refuse = false;
  keep = 500;
  sendErrors: { code: string; retry_after: number | null }[] = [];

  /** Publishes an event; every third position is somebody else's and invisible here. */
  publish(change: Change, visible = true): void {
    const prev = this.log.at(-1)?.pos ?? 0;
    this.pos += 1;
    if (!visible) return;
    const event: EventFrame = { t: "event", pos: this.pos, prev, type: "x", conversation: 1, at: "", ...change };
    this.log.push(event);
    for (const socket of this.sockets) if (socket.subscribed) socket.push(event);
  }

  answerResume(hello: Hello): ServerFrame[] {
    if (hello.epoch === null || hello.pos === null) return [{ t: "reset", epoch: this.epoch, reason: "first" }];
    if (hello.epoch !== this.epoch) return [{ t: "reset", epoch: this.epoch, reason: "epoch" }];
    const missed = this.log.filter((event) => event.pos > (hello.pos ?? 0));
    if (missed.length > this.keep) return [{ t: "reset", epoch: this.epoch, reason: "too_many" }];
    return [...missed, { t: "resumed", epoch: this.epoch, pos: this.pos }];
  }

  store(frame: SendFrame): ServerFrame {
    const error = this.sendErrors.shift();
    if (error) return { t: "error", message: "", client_id: frame.client_id, ref: "send", ...error };
    const known = this.stored.get(frame.client_id);
    if (known) return { ...known, repeat: true };
    const seq = this.stored.size + 1;
    const ack: AckFrame = { t: "ack", client_id: frame.client_id, id: seq, conversation: 1, seq, at: "", repeat: false };
    this.stored.set(frame.client_id, ack);
    this.order.push(frame.text);
    this.publish({ put: { entries: { [seq]: { id: seq, text: frame.text } } } });
    return ack;
  }

  /** The state that a fresh snapshot would show. */
  entries(): Record<string, object> {
    return Object.assign({}, ...this.log.map((event) => event.put?.["entries"] ?? {})) as Record<string, object>;
  }

  cut(code = 1006): void {
    for (const socket of [...this.sockets]) socket.die(code);
  }

  /** The WebSocket class of this desk. */
  socketClass(): typeof WebSocket {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the class below has a `this` of its own
    const desk = this;
    return class extends FakeSocket {
      constructor(readonly url: string) {
        super(desk);
      }
    } as unknown as typeof WebSocket;
  }
}

export class FakeSocket {
  static made = 0;
  readyState = 0;
  subscribed = false;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  /** Set to swallow everything that the client sends: a line that is dead in one direction. */
  deaf = false;
  /** Called for each frame to the client; the test may drop, repeat or hold it. */
  mangle: (frame: ServerFrame) => ServerFrame[] = (frame) => [frame];

  constructor(private readonly desk: Desk) {
    FakeSocket.made += 1;
    setTimeout(() => {
      if (this.readyState === 3) return;
      if (desk.refuse) return this.die(1006);
      this.readyState = 1;
      desk.sockets.add(this);
      this.push({ t: "hello", heartbeat: 25, version: 1 });
    }, 10);
  }

  push(...frames: ServerFrame[]): void {
    this.write(frames.flatMap((frame) => this.mangle(frame)));
  }

  private write(frames: ServerFrame[]): void {
    const lines = frames.map((frame) => JSON.stringify(frame));
    if (lines.length) setTimeout(() => this.readyState === 1 && this.onmessage?.({ data: lines.join("\n") }), 5);
  }

  send(data: string): void {
    if (this.deaf) return;
    const frame = JSON.parse(data) as Hello | SendFrame | { t: "ping" };
    if (frame.t === "resume") {
      this.subscribed = false;
      const answer = this.desk.answerResume(frame);
      this.subscribed = answer.at(-1)?.t === "resumed";
      this.write(answer); // a replay is whole: the socket itself loses nothing
    } else if (frame.t === "send") {
      this.push(this.desk.store(frame));
    } else if (frame.t === "ping") {
      this.push({ t: "pong" });
    }
  }

  die(code: number): void {
    if (this.readyState === 3) return;
    this.close();
    this.onclose?.({ code });
  }

  close(): void {
    this.readyState = 3;
    this.desk.sockets.delete(this);
  }
}

/** A small seeded generator, so that a failing run can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822507) + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 13), 3266489909);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296;
  };
}
