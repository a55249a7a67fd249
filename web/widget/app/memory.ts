/** What this browser keeps for the shopper: token, unsent text, name. Falls back to the page's life where storage is shut. */

export interface Memory {
  get(name: string): string | null;
  set(name: string, value: string | null): void;
}

export function openMemory(key: string): Memory {
  const kept = new Map<string, string>();
  const full = (name: string) => `sonnim:${key}:${name}`;
  return {
    get(name) {
      try {
        return localStorage.getItem(full(name)) ?? kept.get(name) ?? null;
      } catch {
        return kept.get(name) ?? null;
      }
    },
    set(name, value) {
      if (value === null) kept.delete(name);
      else kept.set(name, value);
      try {
        if (value === null) localStorage.removeItem(full(name));
        else localStorage.setItem(full(name), value);
      } catch {
        // Forbidden or full: `kept` has it until the page goes.
      }
    },
  };
}
