/**
 * The store's one script tag: draws the launcher and opens the chat in a frame of the desk's own origin.
 *
 * The server serves dist/loader.js with its one occurrence of `__SONNIM_CONFIG__` replaced by the JSON text of
 * {origin, key, color, ink, name, locale}; JSON text is valid script there, so it is not quoted or wrapped.
 * Attributes of the tag: data-locale, data-identity, data-page-title.
 *
 * A store's CSP need only allow script-src and frame-src of the desk: styles go through the CSSOM, no markup is parsed.
 * State kept for the tab: "1" the chat is open, "0" it was open and may yet have news.
 */
type Config = { origin: string; key: string; color: string; ink: string; name: string; locale: string };
declare const __SONNIM_CONFIG__: Config;

{
  const { origin, key, color, ink, name, locale: shopLocale } = __SONNIM_CONFIG__;
  const doc = document;
  const html = doc.documentElement;
  const data = (doc.currentScript as HTMLElement | null)?.dataset ?? {};
  const words: Record<string, string[]> = {
    ko: ["상담 채팅", "새 메시지"],
    zh: ["在线客服", "条新消息"],
    en: ["Chat with us", "unread"],
  };
  const locale = [data.locale, html.lang, shopLocale, "en"].map((l) => (l || "").slice(0, 2)).find((l) => words[l])!;
  const small = "(max-width:480px),(max-height:480px)";
  const phone = matchMedia(small);
  /** A page without storage simply forgets. */
  const attempt = <T>(act: () => T): T | undefined => {
    try {
      return act();
    } catch {
      return;
    }
  };
  const memory = (): string | undefined => attempt(() => sessionStorage.sonnim);
  const make = <T extends keyof HTMLElementTagNameMap>(tag: T, parent: Node) =>
    parent.appendChild(doc.createElement(tag));

  const start = (): void => {
    const css = `:host{all:initial!important;position:fixed!important;z-index:2147483000!important}
button,iframe{position:fixed;inset-inline-end:20px;border:0;box-shadow:0 8px 32px #1c242140}
button{bottom:20px;width:60px;height:60px;border-radius:50%;cursor:pointer;background:${color};color:${ink}}
button:hover{transform:translateY(-2px)}
svg{width:38px;margin:auto;display:block;fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round}
b{position:absolute;top:-4px;inset-inline-end:-4px;padding:0 8px;border-radius:12px;font:700 13px/24px system-ui;background:#1c2421;color:#fff}
b:empty{display:none}
iframe{bottom:96px;width:400px;height:min(640px,100vh - 116px);border-radius:20px;background:canvas;color-scheme:light dark}
.off{visibility:hidden;opacity:0}
@media ${small}{iframe{inset:0;width:100%;height:100%;border-radius:0}.on{display:none}}
@media(prefers-reduced-motion:no-preference){*{transition:.18s}}
@media print{*{display:none}}`;
    const host = doc.createElement("sonnim-chat");
    const root = host.attachShadow({ mode: "open" });
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [sheet];
    } catch {
      make("style", root).textContent = css; // before Safari 16.4
    }
    const button = make("button", root);
    const svg = button.appendChild(doc.createElementNS("http://www.w3.org/2000/svg", "svg"));
    svg.setAttribute("viewBox", "0 0 24 24");
    const path = svg.appendChild(doc.createElementNS(svg.namespaceURI, "path") as SVGElement);
    const badge = make("b", button);
    let frame: HTMLIFrameElement | undefined;
    let ready = false;
    let shown = false;
    let restored = false;
    let unread = 0;

    const tell = (type: string): void => {
      if (!ready) return;
      const page = { url: location.href, title: data.pageTitle || doc.title, named: !!data.pageTitle, referrer: doc.referrer };
      const identity = data.identity || null;
      // A browser may let no frame of another site keep anything: then this page keeps it for the chat.
      const kept = attempt(() => Object.entries(localStorage).filter(([name]) => /^sonnim:/.test(name)));
      frame!.contentWindow!.postMessage({ sonnim: 1, type, locale, page, identity, modal: phone.matches, restored, kept }, origin);
    };
    const draw = (): void => {
      const [label, news] = words[locale]!;
      button.className = shown ? "on" : "";
      button.setAttribute("aria-label", unread ? `${label} (${unread} ${news})` : label!);
      button.setAttribute("aria-expanded", `${shown}`);
      badge.textContent = unread && !shown ? `${unread}` : "";
      path.setAttribute("d", shown ? "M6 9.5l6 6 6-6" : "M4.2 18.2c.4-4.7 2.2-7.2 5.2-8.2M19.8 18.2c-.4-4.7-2.2-7.2-5.2-8.2M9.8 6.3a.4.4 0 1 0 .1 0M14.2 6.3a.4.4 0 1 0 .1 0");
      if (frame) frame.className = shown ? "" : "off";
    };
    const load = (): void => {
      if (frame) return;
      frame = doc.createElement("iframe");
      frame.title = name;
      // The app learns here whom it may talk to; the server's frame-ancestors decides who may hold it.
      frame.src = `${origin}/widget/${key}/frame#${locale},${location.origin}`;
      draw();
      root.append(frame);
    };
    const turn = (on: boolean): void => {
      load();
      shown = on;
      draw();
      html.style.overflow = on && phone.matches ? "hidden" : "";
      attempt(() => (sessionStorage.sonnim = on ? "1" : "0"));
      tell(on ? "open" : "shut");
      if (!restored) (on ? frame! : button).focus();
      restored = false;
    };

    button.onclick = () => {
      restored = false;
      turn(!shown);
    };
    button.onpointerenter = button.onfocus = button.ontouchstart = load;
    host.onkeydown = (event) => {
      if (shown && event.key == "Escape") turn(false);
    };
    addEventListener("message", ({ source, origin: from, data: said }) => {
      if (!frame || source != frame.contentWindow || from != origin || said.sonnim != 1) return;
      if (said.type == "ready") {
        ready = true;
        tell("init");
        if (shown) tell("open");
      }
      if (said.type == "close" && shown) turn(false);
      if (said.type == "keep")
        attempt(() => (said.value ? (localStorage[said.name] = said.value) : delete localStorage[said.name]));
      if (said.type == "unread") {
        unread = said.count;
        draw();
      }
    });
    // Pages that move without loading; a browser without this API tells the page on the next opening.
    (window as { navigation?: EventTarget }).navigation?.addEventListener("navigatesuccess", () => tell("page"));

    draw();
    Object.assign(make("link", doc.head), { rel: "preconnect", href: origin });
    doc.body.append(host);

    // A tab that has chatted keeps its chat open on the next page, or at least its badge alive.
    const resume = (): void => {
      restored = true;
      if (memory() == "1" && !phone.matches) turn(true);
      else load();
    };
    if (memory()) {
      if (doc.readyState == "complete") resume();
      else addEventListener("load", resume);
    }
  };

  if (!doc.querySelector("sonnim-chat")) {
    if (doc.body) start();
    else addEventListener("DOMContentLoaded", start);
  }
}
