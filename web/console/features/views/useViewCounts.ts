/** Keeps the views' counts: read at the start, a few seconds after something moved, and each minute for what waits. */

import { useEffect } from "react";
import { useDesk, useDeskState } from "../../app/desk/context";

const SETTLED = 4_000;
const EACH = 60_000;

export function useViewCounts(wanted: boolean): void {
  const desk = useDesk();
  const ready = useDeskState((state) => state.ready);
  const views = useDeskState((state) => state.tables.views);
  useEffect(() => {
    if (!wanted || !ready) return undefined;
    let soon: ReturnType<typeof setTimeout> | undefined;
    const count = () => {
      soon = undefined;
      // Without counts the views work as well; the next event or minute asks again.
      if (document.visibilityState === "visible") desk.countViews().catch(() => undefined);
    };
    const stop = desk.listen((event) => {
      if (event.conversation !== null) soon ??= setTimeout(count, SETTLED);
    });
    const timer = setInterval(count, EACH);
    count();
    return () => {
      stop();
      clearInterval(timer);
      clearTimeout(soon);
    };
  }, [desk, wanted, ready, views]);
}
