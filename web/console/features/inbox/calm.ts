/** Rows do not move under the pointer: a new order waits until the pointer leaves or rests. */

import { useCallback, useEffect, useRef, useState } from "react";

const REST = 3_000;

/** The order to show while the pointer is over the list: rows stay where they are, new ones come below. */
export function holdOrder<T>(shown: readonly T[], wanted: readonly T[]): T[] {
  const known = new Set(shown);
  const still = new Set(wanted);
  // Rows that left keep their place as long as it is held, for what is below them would move up.
  const kept = shown.filter((id, i) => still.has(id) || shown.slice(i + 1).some((later) => still.has(later)));
  return [...kept, ...wanted.filter((id) => !known.has(id))];
}

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

export interface Calm<T> {
  order: readonly T[];
  /** Whether a different order waits for the pointer to go. */
  held: boolean;
  onPointerMove: () => void;
  onPointerLeave: () => void;
}

export function useCalmOrder<T>(wanted: readonly T[], list: string): Calm<T> {
  const [hovering, setHovering] = useState(false);
  const shown = useRef<{ list: string; order: readonly T[] }>({ list, order: wanted });
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);

  const before = shown.current;
  const next = hovering && before.list === list ? holdOrder(before.order, wanted) : wanted;
  const order = before.list === list && same(before.order, next) ? before.order : next;
  useEffect(() => {
    shown.current = { list, order };
  });

  const leave = useCallback(() => {
    clearTimeout(rest.current);
    setHovering(false);
  }, []);
  const move = useCallback(() => {
    clearTimeout(rest.current);
    rest.current = setTimeout(leave, REST);
    setHovering(true);
  }, [leave]);
  return { order, held: !same(order, wanted), onPointerMove: move, onPointerLeave: leave };
}
