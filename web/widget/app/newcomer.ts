/**
 * One tab at a time becomes a visitor, and the next one is told whom it became.
 *
 * Tabs of one browser may live in several processes, and a lock can pass from one to the other before what was written
 * to the storage does. Who holds which lock is known in one place; so the token stands in the name of a lock for a
 * while, which any tab of this origin (and no other) can read, as it can read the storage.
 */

const SHOWN_MS = 5_000;

export interface Newcomer {
  /**
   * Calls `become` while no other tab does, with the token that another one has just been given.
   * At once, and with null, where the browser has no locks for a frame of another site.
   */
  alone(become: (known: string | null) => Promise<string>): Promise<void>;
  /** The visitor of a moment ago is nobody's business any more. */
  forget(): void;
}

export function createNewcomer(name: string, locks: LockManager | undefined = navigator.locks): Newcomer {
  const prefix = `${name}:`;
  let forget = (): void => undefined;

  const show = (token: string): Promise<void> =>
    new Promise((shown) => {
      forget();
      const held = new Promise<void>((release) => {
        forget = release;
        setTimeout(release, SHOWN_MS);
      });
      locks!
        .request(prefix + token, { mode: "shared" }, () => {
          shown();
          return held;
        })
        .catch(() => shown()); // the page goes, or the browser refuses: the storage has it
    });

  return {
    async alone(become) {
      let began = false;
      try {
        await locks!.request(name, async () => {
          const { held = [] } = await locks!.query();
          began = true;
          const known = held.find((lock) => lock.name?.startsWith(prefix))?.name?.slice(prefix.length);
          await show(await become(known ?? null));
        });
      } catch (error) {
        if (began) throw error;
        await become(null);
      }
    },
    forget: () => forget(),
  };
}
