/** The tab's title tells how many wait, so that another tab in front does not hide it. */

import { useEffect } from "react";
import { useDeskState } from "./desk/context";

export function useTitleCount(): void {
  const waiting = useDeskState((state) => state.counts.waiting);
  const shop = useDeskState((state) => state.shop.name);
  useEffect(() => {
    const name = shop ? `${shop} · Sonnim` : "Sonnim";
    document.title = waiting ? `(${waiting}) ${name}` : name;
  }, [waiting, shop]);
}
