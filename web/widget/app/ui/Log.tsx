/** The conversation: keeps its place when older lines come, follows when new ones do. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { dayName } from "../locale";
import { agentOf, anyoneOnline, conversationOf, isOpen, rowsOf, waitingSince } from "../state";
import type { Row } from "../state";
import { ContactPrompt } from "./ContactPrompt";
import { useScene } from "./context";
import { Face } from "./Face";
import { Greeting } from "./Greeting";
import { Icon } from "./icons";
import { Message } from "./Message";
import { Settled } from "./Settled";
import { Place } from "./Waiting";

const NEAR = 80;
const RECENT = 10 * 60_000;
const PATIENCE = 90_000;
const LONG_WAIT = 5 * 60;

function Line({ row }: { row: Row }) {
  const { t } = useScene();
  if (row.is === "message") return <Message row={row} />;
  if (row.is === "greeting") return <Greeting />;
  if (row.is === "day") return <p class="day">{dayName(t, new Date(row.at))}</p>;
  return <p class="event">{t(`${row.what}.entry`)}</p>;
}

function Typing() {
  const { state, t } = useScene();
  if (state.typing === null) return null;
  const agent = agentOf(state, state.typing);
  return (
    <div class="typing" data-testid="typing">
      <Face agent={agent} size={28} />
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span class="hidden">{t("typing", { name: agent?.name ?? state.shop.name })}</span>
    </div>
  );
}

/** Everything that may ask the shopper for something, below the last line. */
function Asks() {
  const { chat, state } = useScene();
  const messages = rowsOf(state).filter((row) => row.is === "message");
  // Whoever has just had an answer need not be told that nobody is there.
  const alone = !messages.some((row) => !row.mine && Date.now() - row.at < RECENT);
  const wrote = messages.at(-1)?.mine && alone;
  const { contact } = state;
  const unknown = contact && !contact.verified && !contact.reachable && !state.contactAsked && !chat.memory.get("asked");
  const [begun, setBegun] = useState(false);
  const late = useLate(waitingSince(state)) || (state.now?.wait_s ?? 0) > LONG_WAIT;
  const closed = isOpen(state) === false || anyoneOnline(state) === false;
  const due = !!(unknown && wrote && (closed || late));
  if (conversationOf(state)?.status === "resolved" && !state.pending.length) {
    return <Settled />;
  }
  // Who has begun to answer is not interrupted by somebody's coming back.
  const asks = due || (begun && !state.contactAsked);
  return (
    <>
      {wrote && <Place />}
      {asks && <ContactPrompt away={closed} onBegin={() => setBegun(true)} />}
    </>
  );
}

/** Whether a wait has become long enough to offer an answer elsewhere. */
function useLate(since: number | null): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (since === null) return;
    const timer = setTimeout(() => setLate(true), Math.max(0, since + PATIENCE - Date.now()));
    return () => clearTimeout(timer);
  }, [since]);
  return late;
}

export function Log() {
  const { chat, state, t } = useScene();
  const box = useRef<HTMLDivElement>(null);
  const follow = useRef(true);
  const height = useRef(0);
  const counted = useRef(0);
  const [behind, setBehind] = useState(false);
  const rows = rowsOf(state);
  const last = rows.at(-1)?.key;
  const { older } = state;

  const toEnd = (): void => {
    follow.current = true;
    box.current!.scrollTop = box.current!.scrollHeight;
  };
  const scrolled = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!;
    follow.current = scrollHeight - scrollTop - clientHeight < NEAR;
    if (follow.current) {
      setBehind(false);
      if (state.open && !document.hidden) chat.looked();
    }
    if (scrollTop < NEAR && older.before !== null && !older.failed) chat.older();
  };

  // What grows above the view must not push it: keep the distance to the end.
  useLayoutEffect(() => {
    const grown = box.current!.scrollHeight - height.current;
    if (follow.current) toEnd();
    else box.current!.scrollTop += grown;
  }, [rows[0]?.key, older.before]);
  useLayoutEffect(() => {
    const newest = rows.at(-1);
    if (newest?.is === "message" && rows.length > counted.current) {
      if (newest.mine) toEnd();
      else setBehind(!follow.current);
    }
    counted.current = rows.length;
  }, [last]);
  useLayoutEffect(() => {
    if (follow.current) toEnd();
    height.current = box.current!.scrollHeight;
  });
  useEffect(() => {
    const look = (): void => {
      if (state.open && !document.hidden && follow.current) chat.looked();
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [state.open, state.link, last]);
  useEffect(() => {
    // Pictures and the keyboard change heights without a drawing of ours.
    const watch = new ResizeObserver(() => follow.current && toEnd());
    watch.observe(box.current!);
    watch.observe(box.current!.firstElementChild!);
    return () => watch.disconnect();
  }, []);

  return (
    <div class="sheet">
      <div class="log" ref={box} onScroll={scrolled} tabIndex={0} aria-label={t("log")} role="region">
        <div class="lines">
          {older.before !== null && (
            <button type="button" class="link older" disabled={older.busy} onClick={() => chat.older()} data-testid="older">
              {t(older.busy ? "older.loading" : older.failed ? "older.failed" : "older")}
            </button>
          )}
          <div role="log" aria-live="polite" aria-busy={older.busy} data-testid="log">
            {rows.map((row) => (
              <Line key={row.key} row={row} />
            ))}
            <Typing />
          </div>
          <Asks />
        </div>
      </div>
      {behind && (
        <button type="button" class="latest" onClick={toEnd}>
          <Icon name="down" size={16} />
          {t("latest")}
        </button>
      )}
    </div>
  );
}
