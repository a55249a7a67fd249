/**
 * The store's one script tag: draws the launcher and opens the chat in a frame of the desk's own origin.
 *
 * The server serves dist/loader.js with the single token `__SONNIM_CONFIG__` replaced by the JSON of
 * {origin, key, color, name, locale}; plain JSON text is a valid replacement, nothing needs quoting.
 * Attributes of the tag: data-locale, data-identity, data-page-title.
 * Nothing here may need more of a store's CSP than script-src and frame-src of the desk, so styles go
 * through the CSSOM and no markup is parsed.
 */
type Config = { origin: string; key: string; color: string; name: string; locale: string };
declare const __SONNIM_CONFIG__: Config;

((config: Config) => {
  const doc = document;
  const tag = doc.currentScript as HTMLScriptElement | null;
  const data = tag?.dataset ?? {};
  const origin = config.origin || new URL(tag!.src).origin;
  const words: Record<string, [string, string, string]> = {
    ko: ["상담 채팅 열기", "상담 채팅 닫기", "새 메시지"],
    zh: ["打开在线客服", "关闭在线客服", "新消息"],
    en: ["Open chat", "Close chat", "new messages"],
  };
  const wanted = (data.locale || doc.documentElement.lang || config.locale || "en").slice(0, 2).toLowerCase();
  const locale = words[wanted] ? wanted : "en";
  const [openLabel, closeLabel, unreadLabel] = words[locale]!;
  const memory = `sonnim:${config.key}`;
  const phone = matchMedia("(max-width:480px),(max-height:480px)");

  const recall = (): string | null => {
    try {
      return sessionStorage.getItem(memory);
    } catch {
      return null; // a store page without storage simply forgets
    }
  };
  const remember = (state: string): void => {
    try {
      sessionStorage.setItem(memory, state);
    } catch {
      /* as above */
    }
  };
  const page = () => ({
    url: location.href,
    title: data.pageTitle || doc.title,
    product: !!data.pageTitle,
    referrer: doc.referrer,
  });

  const start = (): void => {
    if (doc.querySelector("sonnim-chat")) return;
    const hex = /^#[0-9a-f]{6}$/i.test(config.color) ? config.color : "#0F766E";
    const [r, g, b] = [1, 3, 5].map((i) => (parseInt(hex.slice(i, i + 2), 16) / 255) ** 2.2) as [number, number, number];
    const ink = 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.3 ? "#1c2421" : "#fff";
    const css = `:host{all:initial!important;position:fixed!important;z-index:2147483000!important;inset-block-end:0!important;inset-inline-end:0!important}
*{box-sizing:border-box}
button{all:unset;box-sizing:border-box;position:fixed;inset-block-end:max(20px,env(safe-area-inset-bottom));inset-inline-end:20px;width:60px;height:60px;border-radius:50%;cursor:pointer;background:${hex};color:${ink};box-shadow:0 1px 2px #1c242133,0 8px 24px #1c242140;transition:transform .18s}
button:hover{transform:translateY(-2px)}
button:focus-visible{outline:3px solid ${ink};box-shadow:0 0 0 6px ${hex}}
svg{position:absolute;inset:0;margin:auto;width:34px;transition:opacity .18s,transform .18s;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
svg+svg,.on svg{opacity:0;transform:scale(.6)}
.on svg+svg{opacity:1;transform:none}
i{position:absolute;inset-block-start:-3px;inset-inline-end:-3px;min-width:22px;padding:0 6px;border-radius:11px;font:700 13px/22px system-ui,sans-serif;text-align:center;background:#1c2421;color:#fff;box-shadow:0 0 0 2px #fff}
iframe{position:fixed;inset-block-end:96px;inset-inline-end:20px;width:400px;height:min(640px,100vh - 116px);border:0;border-radius:20px;background:#fbfaf7;box-shadow:0 0 0 1px #1c242114,0 16px 56px #1c242138;visibility:hidden;opacity:0;transform:translateY(12px);transition:opacity .18s,transform .18s,visibility .18s}
.on+iframe{visibility:visible;opacity:1;transform:none}
@media(prefers-color-scheme:dark){iframe{background:#171d1b;box-shadow:0 0 0 1px #fff2,0 16px 56px #0009}}
@media(max-width:480px),(max-height:480px){iframe{inset:0;width:100%;height:100%;border-radius:0}.on{visibility:hidden}}
@media(prefers-reduced-motion:reduce){*{transition:none!important}}
@media print{*{display:none!important}}`;

    const host = doc.createElement("sonnim-chat");
    const root = host.attachShadow({ mode: "open" });
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.appendChild(doc.createElement("style")).textContent = css; // before Safari 16.4
    }
    const button = root.appendChild(doc.createElement("button"));
    button.type = "button";
    button.lang = locale;
    for (const shape of [
      "M3.5 20c0-5.5.6-8.5 5.3-9.2M20.5 20c0-5.500-.6-8.500-5.300-9.200M9.600 7.300h.01M14.400 7.300h.01",
      "M6 9.500l6 6 6-6",
    ]) {
      const svg = button.appendChild(doc.createElementNS("http://www.w3.org/2000/svg", "svg"));
      svg.setAttribute("viewBox", "0 0 24 24");
      svg.setAttribute("aria-hidden", "true");
      svg.appendChild(doc.createElementNS(svg.namespaceURI, "path")).setAttribute("d", shape);
    }
    let frame: HTMLIFrameElement | undefined;
    let ready = false;
    let shown = false;
    let restored = false;
    let unread = 0;
    let badge: HTMLElement | undefined;

    const tell = (type: string, more?: object): void => {
      if (ready) frame!.contentWindow!.postMessage({ sonnim: 1, type, ...more }, origin);
    };
    const label = (): void => {
      const text = shown ? closeLabel : openLabel;
      button.setAttribute("aria-label", unread ? `${text} (${unread} ${unreadLabel})` : text);
      button.setAttribute("aria-expanded", `${shown}`);
      badge?.remove();
      badge = undefined;
      if (unread && !shown) {
        badge = button.appendChild(doc.createElement("i"));
        badge.textContent = unread > 9 ? "9+" : `${unread}`;
      }
    };
    const load = (): void => {
      if (frame) return;
      frame = doc.createElement("iframe");
      frame.title = config.name;
      frame.allow = "clipboard-write";
      // The app learns here whom it may talk to; the server's frame-ancestors decides who may hold it.
      frame.src = `${origin}/widget/${config.key}/frame#${new URLSearchParams({ o: location.origin, l: locale })}`;
      root.appendChild(frame);
    };
    const greet = (): void => tell("open", { modal: phone.matches, restored });
    const show = (): void => {
      load();
      shown = true;
      button.className = "on";
      if (phone.matches) doc.documentElement.style.overflow = "hidden";
      remember("1");
      label();
      greet();
      if (!restored) frame!.focus();
    };
    const hide = (): void => {
      if (!shown) return;
      shown = false;
      button.className = "";
      doc.documentElement.style.overflow = "";
      remember("0");
      label();
      tell("shut");
      button.focus();
    };

    button.onclick = () => {
      if (shown) return hide();
      restored = false;
      performance.mark("sonnim:click");
      show();
    };
    button.onpointerenter = button.onfocus = load;
    button.addEventListener("touchstart", load, { passive: true });
    host.onkeydown = (event) => {
      if (event.key === "Escape") hide();
    };
    addEventListener("message", (event) => {
      if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
      const said = event.data;
      if (said?.sonnim !== 1) return;
      if (said.type === "ready") {
        ready = true;
        tell("init", { locale, page: page(), identity: data.identity || null });
        if (shown) greet();
      } else if (said.type === "close") hide();
      else if (said.type === "unread") {
        unread = +said.count || 0;
        label();
      }
    });
    const moved = (): void => tell("page", { page: page() });
    addEventListener("popstate", moved);
    (window as { navigation?: EventTarget }).navigation?.addEventListener("navigatesuccess", moved);

    label();
    const link = doc.createElement("link");
    link.rel = "preconnect";
    link.href = origin;
    doc.head.appendChild(link);
    doc.body.appendChild(host);

    // A tab that has chatted keeps its chat open on the next page, or at least its badge alive.
    const before = recall();
    if (before) {
      restored = true;
      const resume = before === "1" && !phone.matches ? show : load;
      if (doc.readyState === "complete") resume();
      else addEventListener("load", resume);
    }
  };
  if (doc.body) start();
  else addEventListener("DOMContentLoaded", start);
})(__SONNIM_CONFIG__);
