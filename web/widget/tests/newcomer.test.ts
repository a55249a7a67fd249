import { describe, expect, it } from "vitest";
import { createNewcomer } from "../app/newcomer";

/** The browser's own book of locks, shared by the tabs of a test. */
function book(): LockManager {
  const held: { name: string; exclusive: boolean }[] = [];
  const waiting: (() => void)[] = [];
  const free = (name: string, exclusive: boolean) => !held.some((lock) => lock.name === name && (exclusive || lock.exclusive));
  return {
    async request(name: string, ...rest: unknown[]) {
      const exclusive = (rest[0] as { mode?: string }).mode !== "shared";
      while (!free(name, exclusive)) await new Promise<void>((go) => waiting.push(go));
      const lock = { name, exclusive };
      held.push(lock);
      try {
        return await (rest.at(-1) as () => Promise<unknown>)();
      } finally {
        held.splice(held.indexOf(lock), 1);
        waiting.splice(0).forEach((go) => go());
      }
    },
    query: async () => ({ held: held.map(({ name }) => ({ name })), pending: [] }),
  } as unknown as LockManager;
}

/** A tab that is given a token, or brings the one that it was told of. */
function tab(locks: LockManager | undefined, given: string, brought: (string | null)[]) {
  const newcomer = createNewcomer("shop", locks);
  const come = () =>
    newcomer.alone(async (known) => {
      brought.push(known);
      await Promise.resolve();
      return known ?? given;
    });
  return { come, forget: newcomer.forget };
}

describe("a newcomer", () => {
  it("is one visitor in two tabs, though neither sees what the other has stored", async () => {
    const locks = book();
    const brought: (string | null)[] = [];
    await Promise.all([tab(locks, "a", brought).come(), tab(locks, "b", brought).come(), tab(locks, "c", brought).come()]);
    expect(brought).toEqual([null, "a", "a"]);
  });

  it("who is forgotten is not taken for the next one", async () => {
    const locks = book();
    const brought: (string | null)[] = [];
    const first = tab(locks, "a", brought);
    await first.come();
    first.forget();
    await new Promise((turn) => setTimeout(turn));
    await tab(locks, "b", brought).come();
    expect(brought).toEqual([null, null]);
  });

  it("whom the desk refuses leaves the way free, and is told of it", async () => {
    const locks = book();
    const refused = createNewcomer("shop", locks).alone(() => Promise.reject(new Error("no")));
    const brought: (string | null)[] = [];
    await expect(refused).rejects.toThrow("no");
    await tab(locks, "b", brought).come();
    expect(brought).toEqual([null]);
  });

  it("comes at once where there are no locks", async () => {
    const brought: (string | null)[] = [];
    await tab(undefined, "a", brought).come();
    expect(brought).toEqual([null]);
  });
});
