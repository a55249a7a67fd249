/** Asks the coach a moment after the last key: one question at a time, and only the newest one's answer counts. */

import { ApiError } from "../../../app/api";

export const PAUSE = 300;

/** An answer that will be the same at the next key: this person has no coach. */
const REFUSED = 403;

export interface Asker<Q> {
  /** A moment from now, unless another question comes. */
  soon: (question: Q) => void;
  stop: () => void;
}

/**
 * @param ask takes the question to the server.
 * @param told hears the answer to the newest question. No answer is told to nobody: the coach is silent when it cannot speak.
 * @param over hears that asking again is of no use.
 */
export function makeAsker<Q, A>(
  ask: (question: Q, signal: AbortSignal) => Promise<A>,
  told: (answer: A, question: Q) => void,
  over: () => void,
): Asker<Q> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | null = null;
  const stop = () => {
    clearTimeout(timer);
    running?.abort();
    running = null;
  };
  const go = async (question: Q) => {
    const own = (running = new AbortController());
    try {
      const answer = await ask(question, own.signal);
      if (running === own) told(answer, question);
    } catch (error) {
      if (running === own && isRefusal(error)) over();
    }
  };
  return {
    soon(question) {
      stop();
      timer = setTimeout(() => void go(question), PAUSE);
    },
    stop,
  };
}

export function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status === REFUSED;
}
