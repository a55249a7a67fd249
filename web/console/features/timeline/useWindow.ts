/**
 * Draws only the rows near the view, whatever their heights. What is read stays in its place while rows above it are
 * drawn, read or grow; at the end, the newest row stays in sight.
 */

import { startTransition, useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { Heights } from "./heights";

const OVERSCAN = 900;
const MARGIN = 320;
const STICKS = 32;

/** `tail`: the range reaches to the last row, also when more come. */
interface Range {
  start: number;
  end: number;
  tail: boolean;
}

/** Which row stays where: `offset` is the distance from its top to the top of the view. */
type Place = { end: true } | { end: false; index: number; offset: number };

export interface Window {
  viewport: RefObject<HTMLDivElement | null>;
  list: RefObject<HTMLDivElement | null>;
  start: number;
  end: number;
  atEnd: boolean;
  onScroll: () => void;
  toEnd: () => void;
  /** Brings a row to the upper third of the view. */
  toRow: (index: number) => void;
}

export function useWindow(heights: Heights, count: number, first: number | null): Window {
  const viewport = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const place = useRef<Place>(first === null ? { end: true } : { end: false, index: first, offset: -0.2 * window.innerHeight });
  const origin = useRef(0);
  // Where we have scrolled to ourselves: the event that tells of it is not the reader's doing.
  const own = useRef(-1);
  const [atEnd, setAtEnd] = useState(first === null);
  const [range, setRange] = useState<Range>(() => around(first ?? count - 1, count));
  const end = range.tail ? count : Math.min(range.end, count);
  const start = Math.min(range.start, end);
  const drawn = useRef({ start, end });

  const cover = useCallback(
    (urgent: boolean) => {
      const box = viewport.current;
      if (!box) return;
      const top = Math.max(0, box.scrollTop - origin.current);
      const bottom = top + box.clientHeight;
      const { start, end } = drawn.current;
      const reaches = (margin: number) =>
        (start === 0 || heights.top(start) <= top - margin) && (end === heights.count || heights.top(end) >= bottom + margin);
      const far = 3 * OVERSCAN;
      if (reaches(MARGIN) && heights.top(start) > top - far && heights.top(end) < bottom + far) return;
      const next = heights.at(Math.max(0, top - OVERSCAN));
      const last = Math.min(heights.count, heights.at(bottom + OVERSCAN) + 1);
      if (next === start && last === end) return;
      const change = () => setRange({ start: next, end: last, tail: last === heights.count });
      // What is in sight is drawn now; what may soon be, in pieces between the frames.
      if (urgent && !reaches(0)) change();
      else startTransition(change);
    },
    [heights],
  );

  const settle = useCallback(() => {
    const box = viewport.current;
    const rows = list.current;
    if (!box || !rows) return;
    for (const row of rows.children) heights.set(Number((row as HTMLElement).dataset["index"]), row.getBoundingClientRect().height);
    const { start, end } = drawn.current;
    rows.style.paddingTop = `${heights.top(start)}px`;
    rows.style.paddingBottom = `${Math.max(0, heights.total - heights.top(end))}px`;
    origin.current = rows.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    const at = place.current;
    const most = box.scrollHeight - box.clientHeight;
    const wanted = at.end ? most : Math.max(0, Math.min(most, origin.current + heights.top(at.index) + at.offset));
    if (!at.end && wanted === most) {
      // Everything from there on fits: then it is the end that stays in sight.
      place.current = { end: true };
      setAtEnd(true);
    }
    if (Math.abs(box.scrollTop - wanted) > 1) box.scrollTop = wanted;
    // Also when nothing was to be done: rows that shrink let the browser scroll by itself, and it tells of that later.
    own.current = box.scrollTop;
  }, [heights]);

  useLayoutEffect(() => {
    drawn.current = { start, end };
    heights.resize(count);
    settle();
    cover(true);
  });

  useEffect(() => {
    const box = viewport.current;
    const rows = list.current;
    if (!box || !rows) return undefined;
    const watcher = new ResizeObserver(settle);
    watcher.observe(rows);
    watcher.observe(box);
    return () => watcher.disconnect();
  }, [settle]);

  const onScroll = useCallback(() => {
    const box = viewport.current;
    if (!box) return;
    const { scrollTop, scrollHeight, clientHeight } = box;
    if (Math.abs(scrollTop - own.current) > 1) {
      own.current = -1;
      const ends = scrollHeight - scrollTop - clientHeight < STICKS;
      const from = Math.max(0, scrollTop - origin.current);
      const index = heights.at(from);
      place.current = ends ? { end: true } : { end: false, index, offset: scrollTop - origin.current - heights.top(index) };
    }
    setAtEnd(place.current.end);
    cover(false);
  }, [heights, cover]);

  const toEnd = useCallback(() => {
    place.current = { end: true };
    setAtEnd(true);
    setRange(around(heights.count - 1, heights.count));
  }, [heights]);

  const toRow = useCallback(
    (index: number) => {
      place.current = { end: false, index, offset: -0.3 * (viewport.current?.clientHeight ?? 0) };
      setAtEnd(false);
      setRange(around(index, heights.count));
    },
    [heights],
  );

  return { viewport, list, start, end, atEnd, onScroll, toEnd, toRow };
}

/** A first guess at what fills the view around a row; what is missing is drawn once heights are known. */
function around(index: number, count: number): Range {
  const half = Math.ceil(window.innerHeight / 64);
  const end = Math.min(count, index + half);
  return { start: Math.max(0, index - half), end, tail: end >= count };
}
