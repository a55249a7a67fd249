/**
 * Between the store's page and the chat in its frame: opens and shuts it, and answers the page's commands.
 *
 * State kept for the tab: "1" the chat is open, "0" it was open and may yet have news.
 */
import type { Scene } from "../loader/scene";
import { createEars, isEvent } from "./ears";

const { scene } = (window as unknown as { Sonnim: { scene: Scene } }).Sonnim;
const { config, data, host, button, path } = scene;
const { origin } = config;
const html = document.documentElement;
const small = "(max-width:480px),(max-height:480px)";
const phone = matchMedia(small);
const news: Record<string, string> = { ko: "새 메시지", zh: "条新消息", en: "unread" };
const ears = createEars();
const badge = button.appendChild(document.createElement("b"));

/** A page without storage simply forgets. */
const attempt = <T>(act: () => T): T | undefined => {
  try {
    return act();
  } catch {
    return undefined;
  }
};
const memory = (): string | undefined => attempt(() => sessionStorage["sonnim"] as string | undefined);

let identity: string | null = data["identity"] || null;
let locale = scene.locale;
let theme: string = config.theme;
let named: { url?: string; title?: string } = {};
let ready = false;
let shown = false;
let restored = false;
let unread = 0;
/** Words that the page has put into the shopper's mouth, until the frame can hear them. */
let suggested: string | null = null;

const bottom = config.launcher === "tab" ? 0 : config.y;
const above = bottom + { round: 76, pill: 68, tab: 62 }[config.launcher];
scene.style(`iframe{bottom:${above}px;width:400px;max-width:calc(100vw - ${2 * config.x}px);height:min(640px,100vh - ${above + 20}px);border-radius:20px;background:canvas;color-scheme:light dark}
.light{color-scheme:light}.dark{color-scheme:dark}
b{position:absolute;top:-4px;inset-inline-end:-4px;padding:0 8px;border-radius:12px;font:700 13px/24px system-ui;background:#1c2421;color:#fff}
b:empty{display:none}
@media ${small}{iframe{inset:0;width:100%;max-width:none;height:100%;border-radius:0}.on{display:none}}
@media(prefers-reduced-motion:no-preference){*{transition:.18s}}`);

function tell(type: string, more: object = {}): void {
  if (!ready) return;
  const title = named.title || data["pageTitle"];
  const page = { url: named.url ?? location.href, title: title || document.title, named: !!title, referrer: document.referrer };
  // A browser may let no frame of another site keep anything: then this page keeps it for the chat.
  const kept = attempt(() => Object.entries(localStorage).filter(([name]) => name.startsWith("sonnim:")));
  const said = { sonnim: 1, type, locale, theme, page, identity, modal: phone.matches, restored, kept, ...more };
  scene.frame!.contentWindow!.postMessage(said, origin);
}

function draw(): void {
  button.className = `${config.launcher}${shown ? " on" : ""}`;
  const label = config.labels[locale] || scene.words[locale]!;
  const text = button.querySelector("span");
  if (text) text.textContent = label;
  button.setAttribute("aria-label", unread ? `${label} (${unread} ${news[locale]})` : label);
  button.setAttribute("aria-expanded", `${shown}`);
  badge.textContent = unread && !shown ? `${unread}` : "";
  path.setAttribute("d", shown ? "M6 9.5l6 6 6-6" : LAUNCHER);
  if (scene.frame) scene.frame.className = `${shown ? "" : "off "}${theme}`;
}
const LAUNCHER = path.getAttribute("d")!;

function turn(on: boolean): void {
  if (on) scene.load();
  if (shown === on) return;
  shown = on;
  draw();
  html.style.overflow = on && phone.matches ? "hidden" : "";
  if (!config.preview) attempt(() => (sessionStorage["sonnim"] = on ? "1" : "0"));
  tell(on ? "open" : "shut");
  if (!restored && !config.preview) (on ? scene.frame! : button).focus();
  restored = false;
  ears.tell(on ? "open" : "close");
}

/** By a person's click, or by the page's wish. */
const freely = (on: boolean): void => {
  restored = false;
  turn(on);
};

const commands: Record<string, (...said: never[]) => void> = {
  open: () => freely(true),
  close: () => freely(false),
  toggle: () => freely(!shown),
  show: () => veil(false),
  hide: () => veil(true),
  message(text: unknown) {
    suggested = String(text ?? "").slice(0, 20_000);
    freely(true);
    suggest();
  },
  identify(token: unknown) {
    const next = typeof token === "string" && token ? token : null;
    if (next === identity) return;
    identity = next;
    tell("identify");
  },
  page(told: { url?: unknown; title?: unknown } = {}) {
    named = {};
    if (typeof told.title === "string") named.title = told.title.slice(0, 200);
    if (typeof told.url === "string") named.url = told.url.slice(0, 500);
    tell("page");
  },
  locale(wanted: unknown) {
    const found = String(wanted).slice(0, 2);
    if (!scene.words[found]) throw new TypeError("ko, zh or en");
    locale = found;
    draw();
    tell("look");
  },
  theme(wanted: unknown) {
    if (wanted !== "light" && wanted !== "dark" && wanted !== "auto") throw new TypeError("light, dark or auto");
    theme = wanted;
    draw();
    tell("look");
  },
  on(name: unknown, hear: unknown) {
    if (!isEvent(name) || typeof hear !== "function") throw new TypeError(`no event ${String(name)}`);
    ears.add(name, hear as () => void);
    if (name === "ready" && ready) (hear as () => void)();
  },
  off(name: unknown, hear?: unknown) {
    if (isEvent(name)) ears.remove(name, hear as (() => void) | undefined);
  },
};

function veil(on: boolean): void {
  scene.veil = on;
  if (on) turn(false);
  scene.sight();
}

function suggest(): void {
  if (!ready || suggested === null) return;
  tell("message", { text: suggested });
  suggested = null;
}

/** A wrong command is the page's mistake, and must not end the page's script. */
scene.run = ([name, ...rest]) => {
  try {
    const act = Object.hasOwn(commands, String(name)) ? commands[String(name)] : undefined;
    if (!act) throw new TypeError("no such command");
    act(...(rest as never[]));
  } catch (error) {
    console.warn(`Sonnim(${JSON.stringify(name)}):`, error);
  }
};

scene.hear = ({ origin: from, data: said }: MessageEvent<{ sonnim?: number; type?: string; [more: string]: unknown }>) => {
  if (from !== origin || said?.sonnim !== 1) return;
  if (said.type === "ready") {
    ready = true;
    tell("init");
    if (shown) tell("open");
    suggest();
    ears.tell("ready");
  }
  if (said.type === "close" && shown) turn(false);
  if (said.type === "keep") {
    const { name, value } = said as unknown as { name: string; value?: string };
    attempt(() => {
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    });
  }
  if (said.type === "unread" && said["count"] !== unread) {
    unread = Number(said["count"]);
    draw();
    ears.tell("unread", unread);
  }
  if (said.type === "message") ears.tell("message", { by: said["by"] });
  if (said.type === "identified") ears.tell("identified", { verified: said["verified"] });
};

host.onkeydown = (event) => {
  if (shown && event.key === "Escape") turn(false);
};
// Pages that move without loading; a browser without this API tells the page on the next opening.
(window as { navigation?: EventTarget }).navigation?.addEventListener("navigatesuccess", () => {
  named = {};
  tell("page");
});

draw();
scene.heard.forEach(scene.hear);
if (memory() === "1" && !phone.matches && !config.preview) {
  restored = true;
  turn(true);
} else if (memory()) {
  restored = true;
}
scene.q.splice(0).forEach(scene.run);
