/** Makes news heard: a sound for whoever looks, a notice of the system for whoever has another window in front. */

import type { EventFrame } from "@sonnim/protocol";
import { useEffect } from "react";
import { useLocation } from "wouter";
import { serverNow } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import type { DeskState } from "../../app/desk/state";
import { useWords, type Words } from "../../app/i18n";
import { onOpen } from "../../app/worker";
import { newsOf, type News } from "./news";
import { isQuiet, preferences, readPreferences, wants } from "./preferences";
import { renew } from "./push";
import { chime } from "./sound";
import { titleOf } from "./words";

const RUNG_KEY = "sonnim:rung";
/** A window in front goes first, so that of several only that one rings. */
const BEHIND = 400;
const GATHER = 1_200;

function looked(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** Answers whether this window may ring for a position: the first that asks may. */
function claim(shop: number, pos: number): boolean {
  try {
    const key = `${RUNG_KEY}:${shop}`;
    if (Number(localStorage.getItem(key)) >= pos) return false;
    localStorage.setItem(key, String(pos));
  } catch {
    // Storage is blocked: each window rings for itself.
  }
  return true;
}

export function Ringer() {
  const desk = useDesk();
  const words = useWords();
  const [, go] = useLocation();
  useEffect(() => {
    // Asked again with the next visit; until they are known nothing rings, and pushes stay as they were.
    readPreferences(desk.base).catch(() => undefined);
    renew(desk.base).catch(() => undefined);
    return () => preferences.set(() => null);
  }, [desk]);
  useEffect(() => onOpen((path) => go(path)), [go]);
  useEffect(() => {
    let waiting: News[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      const news = waiting;
      waiting = [];
      timer = undefined;
      showNotice(words, desk.store.get(), news, (to) => go(to));
    };
    const ring = (event: EventFrame, news: News[]) => {
      if (!claim(desk.store.get().shop.id, event.pos)) return;
      const wanted = preferences.get();
      if (wanted?.sound) chime();
      if (looked() || !wanted?.desktop) return;
      waiting.push(...news);
      timer ??= setTimeout(show, GATHER);
    };
    const stop = desk.listen((event) => {
      const news = audible(event, desk.store.get());
      if (!news.length) return;
      if (looked()) ring(event, news);
      else setTimeout(() => ring(event, news), BEHIND);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [desk, words, go]);
  return null;
}

function audible(event: EventFrame, state: DeskState): News[] {
  const wanted = preferences.get();
  if (!wanted || isQuiet(wanted.quiet, serverNow(), state.shop.timezone)) return [];
  const teams = Object.values(state.tables.teams).filter((team) => team.agent_ids.includes(state.agentId));
  const me = { agentId: state.agentId, teams: teams.map((team) => team.id) };
  const open = looked() ? /\/inbox\/[^/]+\/(\d+)/.exec(location.pathname)?.[1] : undefined;
  return newsOf(event, me, serverNow()).filter(
    ({ kind, conversation }) => wants(wanted, kind) && String(conversation) !== open,
  );
}

function showNotice(words: Words, state: DeskState, news: readonly News[], go: (to: string) => void): void {
  const [first] = news;
  if (!first || looked() || typeof Notification === "undefined" || Notification.permission !== "granted") return;
  const several = new Set(news.map((each) => each.conversation)).size > 1;
  const talk = state.tables.conversations[first.conversation];
  const text = preferences.get()?.preview && talk && first.seq === talk.last_seq ? talk.last_text : "";
  const title = several ? words.t("notices.several", { count: news.length }) : titleOf(words, state, first);
  const body = several ? news.slice(0, 4).map((each) => titleOf(words, state, each)).join("\n") : text;
  const tag = several ? "sonnim" : `conversation-${first.conversation}`;
  try {
    const notice = new Notification(title, { body, tag, icon: "/console/icons/192.png", lang: words.tag });
    notice.onclick = () => {
      window.focus();
      go(several ? "/notifications" : `/inbox/all/${first.conversation}`);
      notice.close();
    };
  } catch {
    // On phones only the service worker may show notices; there the push does.
  }
}
