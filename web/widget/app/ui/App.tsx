/** The panel: head, conversation, composer; and what concerns them all (drop, Escape, the focus on a phone). */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Chat } from "../chat";
import { palette } from "../colour";
import { wordsOf } from "../locale";
import { useStore } from "../store";
import { useUploads } from "../uploads";
import { Composer, readDraft } from "./Composer";
import { SceneContext, useScene } from "./context";
import { Header } from "./Header";
import { Log } from "./Log";

const CALM = 1_500;
const FOCUSABLE = "a[href],button:not(:disabled),textarea,input:not([hidden]),[tabindex='0']";

/** A short break is not worth a word: says so only when the link has been away for a while. */
function Connection() {
  const { state, t } = useScene();
  const away = state.open && state.link !== "live";
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!away) return;
    const timer = setTimeout(() => setLate(true), CALM);
    return () => clearTimeout(timer);
  }, [away]);
  if (!away || !late) return null;
  const offline = state.link === "offline" && !navigator.onLine;
  return (
    <p class="connection" role="status" data-testid="connection">
      {t(state.refused ? "session.refused" : offline ? "link.offline" : "link.connecting")}
    </p>
  );
}

function trap(event: KeyboardEvent, panel: HTMLElement): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((each) => each.getClientRects().length);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  const other = event.shiftKey ? stops.at(-1) : stops[0];
  if (document.activeElement !== edge) return;
  event.preventDefault();
  other?.focus();
}

export function App({ chat }: { chat: Chat }) {
  const state = useStore(chat.store);
  const t = useMemo(() => wordsOf(state.locale), [state.locale]);
  const panel = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const kept = useMemo(() => readDraft(chat.memory).files, [chat]);
  const uploads = useUploads(chat.desk, kept);

  useLayoutEffect(() => {
    document.documentElement.lang = state.locale === "zh" ? "zh-CN" : state.locale;
    document.title = state.shop.name;
    document.documentElement.dataset["theme"] = state.theme ?? state.shop.theme;
    for (const [name, value] of Object.entries(palette(state.shop.color))) {
      document.documentElement.style.setProperty(name, value);
    }
  }, [state.locale, state.shop, state.theme]);
  useLayoutEffect(() => {
    // Two frames: the first has drawn it, the second has shown it.
    if (!state.greeting) return;
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("sonnim:greeting")));
  }, [state.greeting]);

  const key = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.isComposing && !panel.current!.querySelector("dialog[open]")) chat.close();
    if (event.key === "Tab" && state.modal) trap(event, panel.current!);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    uploads.take(t, event.dataTransfer?.files ?? [], state.limits);
  };
  const drag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <SceneContext.Provider value={{ chat, state, t }}>
      <div
        ref={panel}
        class="panel"
        role={state.modal ? "dialog" : "main"}
        aria-modal={state.modal || undefined}
        aria-label={state.shop.name}
        onKeyDown={key}
        onDragOver={drag}
        onDragLeave={(event) => event.relatedTarget === null && setOver(false)}
        onDrop={drop}
      >
        <Header />
        <Log />
        <Connection />
        <Composer uploads={uploads} />
        {over && <div class="drop">{t("file.drop")}</div>}
      </div>
    </SceneContext.Provider>
  );
}
