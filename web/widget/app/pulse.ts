/** Asks the desk from time to time how it stands: often while the shopper waits, seldom otherwise, never unseen. */

const WAITING = 20_000;
const OTHERWISE = 90_000;
const AFTER_A_MESSAGE = 1_000;
const LOOK = 5_000;

export interface Pulse {
  /** Something has changed: ask in a moment. */
  soon(): void;
}

export function createPulse(there: () => boolean, waits: () => boolean, ask: () => Promise<void>): Pulse {
  let due = Date.now() + OTHERWISE;
  let asking = false;
  const look = async (): Promise<void> => {
    if (asking || document.hidden || !there() || Date.now() < due) return;
    asking = true;
    // Not answered: the link says that it is away; the next question comes at its time.
    await ask().catch(() => undefined);
    due = Date.now() + (waits() ? WAITING : OTHERWISE) * (0.8 + Math.random() * 0.4);
    asking = false;
  };
  setInterval(() => void look(), LOOK);
  return {
    soon() {
      due = Date.now() + AFTER_A_MESSAGE;
      setTimeout(() => void look(), AFTER_A_MESSAGE);
    },
  };
}
