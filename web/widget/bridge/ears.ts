/** Who on the store's page wants to know of what. */

const EVENTS = ["ready", "open", "close", "unread", "message", "identified"] as const;
export type EventName = (typeof EVENTS)[number];
export type Ear = (told?: unknown) => void;

export function isEvent(name: unknown): name is EventName {
  return EVENTS.includes(name as EventName);
}

export interface Ears {
  add(name: EventName, ear: Ear): void;
  /** Without an ear: everybody who listens to it. */
  remove(name: EventName, ear?: Ear): void;
  tell(name: EventName, what?: unknown): void;
}

export function createEars(): Ears {
  const all = new Map<EventName, Set<Ear>>();
  return {
    add: (name, ear) => void all.set(name, (all.get(name) ?? new Set()).add(ear)),
    remove: (name, ear) => void (ear ? all.get(name)?.delete(ear) : all.delete(name)),
    tell(name, what) {
      for (const ear of [...(all.get(name) ?? [])]) {
        // One that fails must not silence the others, nor the chat; the page's own error tracking learns of it.
        try {
          ear(what);
        } catch (error) {
          reportError(error);
        }
      }
    },
  };
}
