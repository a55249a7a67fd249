/** Rows do not move under the pointer: a new order waits until the pointer leaves or rests. */

import { useCallback, useEffect, useMemo, useRef, useState } from "react";

const REST = 3_000;

/** The order to show while the pointer is over the list: rows stay where they are, new ones come below. */
export function holdOrder<T>(shown: readonly T[], wanted: readonly T[]): T[] {
  const known = new Set(shown);
  const still = new Set(wanted);
  // Rows that left keep their place as long as it is held, for what is below them would move up.
  const kept = shown.filter((id, i) => still.has(id) || shown.slice(i + 1).some((later) => still.has(later)));
  return [...kept, ...wanted.filter((id) => !known.has(id))];
}

export interface Calm<T> {
  order: readonly T[];
  onPointerMove: () => void;
  onPointerLeave: () => void;
}

export function useCalmOrder<T>(wanted: readonly T[], list: string): Calm<T> {
  const [hovering, setHovering] = useState(false);
  // The order under the pointer when it came.
  const [held, setHeld] = useState({ list, order: wanted });
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);

  const holds = hovering && held.list === list;
  const order = useMemo(() => (holds ? holdOrder(held.order, wanted) : wanted), [holds, held, wanted]);
  const leave = useCallback(() => {
    clearTimeout(rest.current);
    setHovering(false);
  }, []);
  const move = () => {
    clearTimeout(rest.current);
    rest.current = setTimeout(leave, REST);
    if (holds) return;
    setHeld({ list, order });
    setHovering(true);
  };
  return { order, onPointerMove: move, onPointerLeave: leave };
}
