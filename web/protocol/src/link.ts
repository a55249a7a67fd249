/**
 * The delivery client: one link to the desk that loses nothing and repeats nothing.
 *
 * connect → hello → resume → missed events → resumed; or reset → onReset (read the snapshot) → resume again.
 * Start-up and recovery are the same path. Long poll takes over when sockets do not come through.
 */

import { backoff } from "./backoff";
import { isOnline, listenToPage } from "./page";
import { POLL_WAIT, PollRefused, poll } from "./poll";
import type {
  ClientFrame,
  EventFrame,
  Identity,
  LooseFrame,
  Position,
  ResetReason,
  SendFrame,
  ServerFrame,
} from "./types";

export type LinkState = "connecting" | "live" | "offline" | "revoked";

export interface LinkOptions {
  /** ws:// or wss:// address of the socket. */
  url: string;
  /** Address of the long poll; without it there is no fallback. */
  pollUrl?: string;
  /** Who resumes; asked each time, so that a renewed token is used. */
  identity: () => Identity;
  position?: Position;
  /** Headers of poll requests (a visitor's Authorization, a CSRF token). */
  headers?: () => Record<string, string>;
  /** Sends a message by HTTP while polling; answers with an ack or an error frame, rejects when it did not get through. */
  post?: (frame: SendFrame) => Promise<LooseFrame>;
  onEvent: (event: EventFrame) => void;
  onFrame: (frame: LooseFrame) => void;
  /** Read the snapshot, show it, answer its position. Rejecting means: try again later. */
  onReset: (reason: ResetReason, signal: AbortSignal) => Promise<Position>;
  /** `why` is the reason of a revoked link: "unauthenticated", "removed", "signed_out", "role". */
  onState: (state: LinkState, why?: string) => void;
  WebSocket?: typeof WebSocket;
  fetch?: typeof fetch;
  random?: () => number;
}

export interface Link {
  start(): void;
  stop(): void;
  /** Answers false when the frame could not be handed over; messages then stay in the outbox. */
  send(frame: ClientFrame): boolean;
  /** Connect now rather than when the back-off says. */
  wake(): void;
  readonly state: LinkState;
  readonly position: Position;
}

const SILENCE = 60_000;
const ANSWER = 15_000;
const SNAPSHOT = 30_000;
const STABLE = 10_000;
const SOCKET_TRIES = 3;
const SOCKET_AGAIN = 60_000;

export function createLink(options: LinkOptions): Link {
  const random = options.random ?? Math.random;
  const Socket = options.WebSocket ?? WebSocket;
  const request = options.fetch ?? fetch.bind(globalThis);
  let position: Position = options.position ?? { epoch: null, pos: null };
  let state: LinkState = "offline";
  let running = false;
  let socket: WebSocket | null = null;
  let greeted = false;
  let resuming = false;
  let polling: AbortController | null = null;
  let snapshot: Promise<void> | null = null;
  let failures = 0;
  let socketFailures = 0;
  let lastTry = 0;
  let lastHeard = 0;
  let liveSince = 0;
  let notBefore = 0;
  let resets = 0;
  let why: string | undefined;
  let unlisten = () => {};
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let watchTimer: ReturnType<typeof setTimeout> | undefined;

  function become(next: LinkState, reason?: string): void {
    if (state === next) return;
    state = next;
    if (next === "live") liveSince = Date.now();
    options.onState(next, reason);
  }

  // ---- the frames

  function hear(frame: ServerFrame): void {
    switch (frame.t) {
      case "hello":
        greeted = true;
        socketFailures = 0;
        if (polling) become("connecting");
        endPolling();
        return resume();
      case "event":
        return hearEvent(frame);
      case "resumed":
        position = { epoch: frame.epoch, pos: frame.pos };
        resuming = false;
        resets = 0;
        watch(SILENCE);
        return become("live");
      case "reset":
        return readSnapshot(frame.reason);
      case "epoch":
        // What is on its way to me already will name the epoch itself.
        if (!resuming && !snapshot) position = { ...position, epoch: frame.epoch };
        return;
      case "revoke":
        why = frame.why;
        return revoke();
      case "drain":
        notBefore = Date.now() + frame.retry_after * 1000 * (1 + random() / 2);
        return;
      case "ack":
      case "error":
      case "typing":
      case "viewers":
      case "presence":
        return options.onFrame(frame);
    }
  }

  function hearEvent(event: EventFrame): void {
    const mine = position.pos ?? -1;
    if (snapshot || event.pos <= mine) return;
    // Nothing visible lies between prev and pos, so a prev at or before my position leaves no gap.
    if (event.prev > mine) return resuming ? undefined : resume();
    position = { epoch: position.epoch, pos: event.pos };
    options.onEvent(event);
  }

  function resume(): void {
    resuming = true;
    if (snapshot || !greeted || !socket) return;
    watch(ANSWER);
    put({ t: "resume", ...options.identity(), ...position });
  }

  function readSnapshot(reason: ResetReason): void {
    if (snapshot) return;
    resuming = true;
    if (++resets > 3) {
      resets = 0;
      return fail();
    }
    watch(SNAPSHOT + ANSWER);
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), SNAPSHOT);
    snapshot = options
      .onReset(reason, abort.signal)
      .then(
        (fresh) => {
          position = fresh;
          return true;
        },
        () => false,
      )
      .then((read) => {
        clearTimeout(timer);
        snapshot = null;
        if (!running) return;
        if (read) resume();
        else fail();
      });
  }

  // ---- the socket

  function put(frame: object): boolean {
    if (!socket || socket.readyState !== 1) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  /** Closes a connection that has been silent for this long. */
  function watch(silence: number): void {
    clearTimeout(watchTimer);
    lastHeard = Date.now();
    const check = () => {
      const left = lastHeard + silence - Date.now();
      if (left > 0) watchTimer = setTimeout(check, left);
      else if (socket) lost(0);
    };
    watchTimer = setTimeout(check, silence);
  }

  function connect(): void {
    clearTimeout(retryTimer);
    if (!running || socket) return;
    lastTry = Date.now();
    if (!polling && state !== "offline") become("connecting");
    greeted = false;
    const mine = new Socket(options.url);
    socket = mine;
    watch(ANSWER);
    mine.onmessage = ({ data }) => {
      lastHeard = Date.now();
      for (const line of String(data).split("\n")) {
        if (socket === mine && line) hear(JSON.parse(line) as ServerFrame);
      }
    };
    mine.onclose = ({ code }) => {
      if (socket === mine) lost(code);
    };
  }

  function drop(): void {
    clearTimeout(watchTimer);
    const old = socket;
    socket = null;
    if (old) {
      old.onmessage = old.onclose = null;
      old.close();
    }
  }

  /** The connection is of no use any more: give it up and try again later. */
  function fail(): void {
    endPolling();
    if (socket) lost(0);
    else later();
  }

  function lost(code: number): void {
    drop();
    resuming = false;
    if (code === 4001) why = "unauthenticated";
    if (code === 4001 || code === 4003) return revoke();
    if (!greeted && isOnline()) socketFailures++;
    if (code === 4009) failures = 6;
    later();
  }

  function later(): void {
    if (!running || polling) return;
    const told = notBefore - Date.now();
    if (told > 0 || (state === "live" && Date.now() - liveSince > STABLE)) failures = 0;
    failures++;
    become(failures > 2 || !isOnline() ? "offline" : "connecting");
    clearTimeout(retryTimer);
    retryTimer = setTimeout(attempt, told > 0 ? told : backoff(failures, random));
  }

  function attempt(): void {
    const barred = options.pollUrl && socketFailures >= SOCKET_TRIES && Date.now() - lastTry < SOCKET_AGAIN;
    if (barred && !socket) void pollLoop();
    else connect();
  }

  function revoke(): void {
    stop();
    become("revoked", why ?? "removed");
  }

  // ---- the long poll

  async function pollLoop(): Promise<void> {
    const abort = new AbortController();
    polling = abort;
    // The first rounds come back at once: they tell whether polling works, and bring the position up to date.
    let wait = 0;
    try {
      while (polling === abort) {
        const round = setTimeout(() => abort.abort(), (POLL_WAIT + 15) * 1000);
        const frames = await poll({
          url: options.pollUrl!,
          identity: options.identity(),
          position,
          wait,
          headers: options.headers?.() ?? {},
          signal: abort.signal,
          fetch: request,
        }).finally(() => clearTimeout(round));
        if (polling !== abort) return;
        for (const frame of frames) hear(frame);
        await snapshot;
        if (state === "live") wait = POLL_WAIT;
        if (Date.now() - lastTry >= SOCKET_AGAIN) connect();
      }
    } catch (error) {
      if (polling !== abort) return;
      polling = null;
      if (error instanceof PollRefused && (error.status === 401 || error.status === 403)) {
        why = "unauthenticated";
        return revoke();
      }
      // No answer at all: the server is away, not the sockets barred.
      if (!(error instanceof PollRefused)) socketFailures = 0;
      later();
    }
  }

  function endPolling(): void {
    polling?.abort();
    polling = null;
  }

  // ---- what the page does

  function wake(): void {
    if (!running) return;
    if (socket && greeted) {
      // A machine that slept holds a socket that looks open: ask, and give the answer five seconds.
      if (Date.now() - lastHeard > 30_000 && put({ t: "ping" })) {
        const heard = lastHeard;
        setTimeout(() => socket && lastHeard === heard && fail(), 5_000);
      }
    } else if (!socket && !polling) {
      clearTimeout(retryTimer);
      failures = Math.min(failures, 1);
      attempt();
    }
  }

  function start(): void {
    if (running) return;
    running = true;
    failures = socketFailures = resets = 0;
    why = undefined;
    unlisten = listenToPage({ wake, offline: fail });
    become("connecting");
    connect();
  }

  function stop(): void {
    running = false;
    clearTimeout(retryTimer);
    endPolling();
    drop();
    unlisten();
    if (state !== "revoked") state = "offline";
  }

  function send(frame: ClientFrame): boolean {
    if (state !== "live") return false;
    if (socket && greeted) return put(frame);
    if (!polling || frame.t !== "send" || !options.post) return false;
    options.post(frame).then(options.onFrame, () => {
      const { client_id } = frame;
      options.onFrame({ t: "error", code: "unavailable", message: "", client_id, ref: "send", retry_after: null });
    });
    return true;
  }

  return {
    start,
    stop,
    send,
    wake,
    get state() {
      return state;
    },
    get position() {
      return position;
    },
  };
}
