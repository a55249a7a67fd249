/** How much is held and waits for a person; nothing, when nothing does or one may not look. */

import { Badge } from "@mantine/core";
import { useEffect } from "react";
import { api } from "../../../app/api";
import { useDesk, useDeskState } from "../../../app/desk/context";
import { useFormat } from "../../../app/format";
import { useT } from "../../../app/i18n";
import { createStore, useStore } from "../../../app/store";

const EVERY_MS = 5 * 60_000;
const CHANGED = "sonnim:held";

/** One for all places that show it, so that they never differ. */
const known = createStore({ base: "", count: 0 });

/** Say that something was let in or put away, or that a list was read which may know more. */
export const heldChanged = () => dispatchEvent(new Event(CHANGED));

export function HeldCount() {
  const t = useT();
  const format = useFormat();
  const count = useHeldCount();
  if (!count) return null;
  return (
    <Badge size="sm" variant="light" color="gray" aria-label={t("quarantine.count", { count })} data-testid="count-held" style={{ fontVariantNumeric: "tabular-nums", flexShrink: 0 }}>
      {format.number(count)}
    </Badge>
  );
}

function useHeldCount(): number {
  const { base } = useDesk();
  const may = useDeskState((state) => state.permissions.includes("shop.configure"));
  const count = useStore(known, (now) => (now.base === base ? now.count : 0));
  useEffect(() => {
    if (!may) return undefined;
    let wanted = true;
    const ask = () => {
      api.get<{ quarantined: number }>(`${base}/inbound/count`).then(
        ({ quarantined }) => wanted && known.set(() => ({ base, count: quarantined })),
        () => undefined, // the next time
      );
    };
    ask();
    const timer = setInterval(ask, EVERY_MS);
    addEventListener(CHANGED, ask);
    return () => {
      wanted = false;
      clearInterval(timer);
      removeEventListener(CHANGED, ask);
    };
  }, [base, may]);
  return may ? count : 0;
}
