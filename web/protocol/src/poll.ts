/** The way round a network that lets no WebSocket through: the same frames by long poll. */

import type { Identity, Position, ServerFrame } from "./types";

export const POLL_WAIT = 25;

export class PollRefused extends Error {
  constructor(readonly status: number) {
    super(`poll refused: ${status}`);
  }
}

export interface PollRequest {
  url: string;
  identity: Identity;
  position: Position;
  /** Seconds the server may keep the request when there is nothing to tell. */
  wait: number;
  headers: Record<string, string>;
  signal: AbortSignal;
  fetch: typeof fetch;
}

/** One round; throws PollRefused when the server answers but not with frames. */
export async function poll(request: PollRequest): Promise<ServerFrame[]> {
  const answer = await request.fetch(request.url, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", ...request.headers },
    body: JSON.stringify({ t: "resume", ...request.identity, ...request.position, wait: request.wait }),
    signal: request.signal,
  });
  if (!answer.ok) throw new PollRefused(answer.status);
  return ((await answer.json()) as { frames: ServerFrame[] }).frames;
}
