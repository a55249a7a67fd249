/** How many promises I have to keep; the colour of waiting once one of them is late, and then how many are. */

import { Badge } from "@mantine/core";
import { useLocation } from "wouter";
import { useNow } from "../../app/clock";
import { useCommand } from "../../app/commands";
import { useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { isLate, mine } from "./promises";

/** Lets the key lead there. */
export function usePromisesPlace(): void {
  const [, go] = useLocation();
  useCommand("go.promises", () => go("/promises"));
}

export function PromiseCount() {
  const format = useFormat();
  const now = useNow(15);
  const count = useDeskState((state) => mine(state).length);
  const late = useDeskState((state) => mine(state).filter((each) => isLate(each, now)).length);
  if (!count) return null;
  return (
    <Badge
      size="sm"
      variant={late ? "filled" : "light"}
      color={late ? "persimmon" : "gray"}
      style={{ fontVariantNumeric: "tabular-nums", flexShrink: 0 }}
      data-testid="count-promises"
      data-late={late}
    >
      {format.number(late || count)}
    </Badge>
  );
}
