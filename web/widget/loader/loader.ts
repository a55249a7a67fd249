/**
 * The store's one script tag: draws the launcher, and fetches the rest when somebody is interested.
 *
 * The server serves dist/loader.js with its one occurrence of `__SONNIM_CONFIG__` replaced by the JSON text of a
 * LauncherConfig (scene.ts); JSON text is valid script there, so it is not quoted or wrapped.
 * Attributes of the tag: data-locale, data-identity, data-page-title. Commands: docs/widget-api.md.
 *
 * A store's CSP need only allow script-src and frame-src of the desk: styles go through the CSSOM, no markup is parsed.
 */
import type { LauncherConfig, Scene } from "./scene";

declare const __SONNIM_CONFIG__: LauncherConfig;

{
  const config = __SONNIM_CONFIG__;
  const { launcher, y } = config;
  const doc = document;
  const own = window as { Sonnim?: { q?: unknown[][]; scene?: Scene } };
  const data = (doc.currentScript as HTMLElement | null)?.dataset ?? {};
  const words: Record<string, string> = { ko: "상담 채팅", zh: "在线客服", en: "Chat with us" };
  const locale = [data.locale, doc.documentElement.lang, config.locale, "en"].map((l) => (l || "").slice(0, 2)).find((l) => words[l])!;
  const make = <T extends keyof HTMLElementTagNameMap>(tag: T, parent: Node) =>
    parent.appendChild(doc.createElement(tag));

  const start = (): void => {
    const host = doc.createElement("sonnim-chat");
    const root = host.attachShadow({ mode: "open" });
    const style = (css: string): void => {
      try {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      } catch {
        make("style", root).textContent = css; // before Safari 16.4
      }
    };
    const button = make("button", root);
    const svg = button.appendChild(doc.createElementNS("http://www.w3.org/2000/svg", "svg"));
    svg.setAttribute("viewBox", "0 0 24 24");
    const path = svg.appendChild(doc.createElementNS(svg.namespaceURI, "path") as SVGElement);
    const label = config.labels[locale] || words[locale]!;
    let script: HTMLScriptElement | undefined;

    const bring = (): void => {
      if (script) return;
      script = make("script", doc.head);
      script.src = config.bridge;
      script.onerror = () => (script = undefined);
    };
    const load = (): void => {
      if (!scene.frame) {
        const frame = (scene.frame = doc.createElement("iframe"));
        frame.title = config.name;
        frame.className = "off";
        // The app learns here whom it may talk to; the server's frame-ancestors decides who may hold it.
        frame.src = `${config.frame}#${locale},${location.origin}`;
        root.append(frame);
      }
      bring();
    };
    const api = (...said: unknown[]): void => {
      if (scene.run) return scene.run(said);
      scene.q.push(said);
      bring();
    };
    const sight = (): void => {
      host.className = (scene.veil ?? (config.hide && RegExp(config.hide).test(location.pathname))) ? "off" : "";
    };
    const scene: Scene = { config, data, words, locale, host, root, button, path, style, load, sight, q: own.Sonnim?.q || [], heard: [] };

    style(`:host{all:initial!important;position:fixed!important;z-index:2147483000!important}
button,iframe{position:fixed;inset-inline-${config.side}:${config.x}px;border:0;box-shadow:0 8px 32px #1c242140}
button{bottom:${y}px;width:60px;height:60px;border-radius:60px;display:flex;align-items:center;cursor:pointer;font:600 16px/1.3 system-ui;background:${config.color};color:${config.ink}}
button:hover{transform:translateY(-2px)}
.pill,.tab{width:auto;max-width:calc(100vw - 2 * ${config.x}px);padding:0 22px 0 16px;gap:8px}
.pill{height:52px}
.tab{bottom:0;height:46px;border-radius:16px 16px 0 0}
svg{width:38px;flex:none;margin:auto;fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round}
.pill svg,.tab svg{width:28px}
:host(.off){display:none!important}
.off{visibility:hidden;opacity:0}
@media print{*{display:none}}`);
    button.className = launcher;
    button.setAttribute("aria-label", label);
    button.setAttribute("aria-expanded", "false");
    path.setAttribute("d", "M4.2 18.2c.4-4.7 2.2-7.2 5.2-8.2M19.8 18.2c-.4-4.7-2.2-7.2-5.2-8.2M9.8 6.3a.4.4 0 1 0 .1 0M14.2 6.3a.4.4 0 1 0 .1 0");
    if (launcher != "round") make("span", button).textContent = label;
    button.onclick = () => api("toggle");
    button.onpointerenter = button.onfocus = button.ontouchstart = load;
    // What the frame says before the bridge is there is kept for it.
    addEventListener("message", (event) => {
      if (scene.frame && event.source == scene.frame.contentWindow) (scene.hear || ((e) => scene.heard.push(e)))(event);
    });
    sight();
    // Pages that move without loading.
    (window as { navigation?: EventTarget }).navigation?.addEventListener("navigatesuccess", sight);
    own.Sonnim = Object.assign(api, { scene });
    Object.assign(make("link", doc.head), { rel: "preconnect", href: config.origin });
    doc.body.append(host);

    // A tab that has chatted keeps its chat open on the next page, or at least its badge alive.
    const resume = (): void => {
      try {
        if (sessionStorage.sonnim) load();
      } catch {
        // a page without storage simply forgets
      }
      if (scene.q.length) bring();
    };
    if (doc.readyState == "complete") resume();
    else addEventListener("load", resume);
  };

  if (!doc.querySelector("sonnim-chat")) {
    if (doc.body) start();
    else addEventListener("DOMContentLoaded", start);
  }
}
