/** What of a mail is unfolded: kept beside the rows, which come and go with scrolling. */

import { createStore, useStore } from "../../app/store";

export type Part = "head" | "quoted" | "sent";

const open = createStore<Readonly<Record<string, true>>>({});

export function useShown(entry: number, part: Part): [shown: boolean, toggle: () => void] {
  const key = `${part}:${entry}`;
  const shown = useStore(open, (all) => all[key] ?? false);
  const toggle = () =>
    open.set((all) => {
      const { [key]: was, ...others } = all;
      return was ? others : { ...others, [key]: true };
    });
  return [shown, toggle];
}
