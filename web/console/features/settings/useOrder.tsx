/** A list that people put in order, by dragging a row or by the arrow keys on its handle; and what follows of it. */

import { Text } from "@mantine/core";
import { useRef, useState } from "react";
import { useWords } from "../../app/i18n";
import { attempt } from "../../ui/toast";

/** What a row of such a list is given. */
export interface RowOrder {
  lifted: boolean;
  onMove: (by: number) => void;
  onLift: () => void;
  onOver: () => void;
  onDrop: () => void;
}

/**
 * @param show puts the rows on the screen in this order.
 * @param save hands the order to the desk.
 * @param tell says aloud where one has gone; without it, the place alone is said.
 * @returns `list`, a ref for what holds the rows; `row`, what to give the row at a place; `said`, where a move is told aloud.
 */
export function useOrder<Item>(
  items: readonly Item[],
  show: (order: Item[]) => void,
  save: (order: Item[]) => void,
  tell?: (item: Item, place: { n: number; total: number }) => string,
) {
  const { t } = useWords();
  const list = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [told, setTold] = useState("");
  const moved = (from: number, to: number) => {
    const next = [...items];
    next.splice(to, 0, ...next.splice(from, 1));
    show(next);
    return next;
  };
  const move = (from: number, to: number) => {
    if (to < 0 || to >= items.length) return;
    const order = moved(from, to);
    save(order);
    const place = { n: to + 1, total: items.length };
    setTold(tell ? tell(order[to]!, place) : t("sla.movedTo", place));
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>("[data-handle]")[to]?.focus());
  };
  const row = (at: number): RowOrder => ({
    lifted: dragged === at,
    onMove: (by) => move(at, at + by),
    onLift: () => setDragged(at),
    onOver: () => {
      if (dragged === null || dragged === at) return;
      moved(dragged, at);
      setDragged(at);
    },
    onDrop: () => {
      if (dragged !== null) save([...items]);
      setDragged(null);
    },
  });
  const said = (
    <Text role="status" fz={0} h={0} aria-live="polite" style={{ overflow: "hidden" }}>
      {told}
    </Text>
  );
  return { list, row, said };
}

/**
 * The order after something that was removed has come back under another number, in its old place.
 *
 * @param before the order as it was; @param now what there is, what came back among it.
 */
export function backInPlace(before: number[], gone: number, back: number, now: number[]): number[] {
  const ids = before.map((id) => (id === gone ? back : id)).filter((id) => now.includes(id));
  return [...ids, ...now.filter((id) => !ids.includes(id))];
}

/** One change after the other: each begins with what the one before has made. What was refused is shown as it stands at the desk. */
export function useChanges(reload: () => void): (work: () => Promise<unknown>) => Promise<void> {
  const words = useWords();
  const line = useRef<Promise<void>>(Promise.resolve());
  return (work) => (line.current = line.current.then(() => attempt(words, work)).then((done) => (done ? undefined : reload())));
}

/** The list with this one in its old place, or at the end. */
export function kept<Item extends { id: number }>(items: Item[], item: Item): Item[] {
  return items.some(({ id }) => id === item.id) ? items.map((each) => (each.id === item.id ? item : each)) : [...items, item];
}
