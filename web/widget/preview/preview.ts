/**
 * The page that the desk's settings hold while somebody tries a look on: an empty store, and the chat upon it.
 *
 * The settings page says {sonnim: 1, type: "look", key: <of the look>, open, locale, dark}; each time the launcher is
 * put up anew. Only a page of the desk's own origin can hold this one, and only that one is heard.
 */

interface Look {
  sonnim?: number;
  type?: string;
  look: string;
  open: boolean;
  locale: string;
}

const key = document.querySelector<HTMLScriptElement>("script[data-key]")!.dataset["key"]!;
const sheet = new CSSStyleSheet();
sheet.replaceSync(`body{margin:0;min-height:100vh;background:#fff;color-scheme:light}
header{display:flex;gap:24px;align-items:center;padding:20px 32px;border-bottom:1px solid #eee}
i{display:block;border-radius:8px;background:#eceae4}
header i{width:72px;height:14px}header i:first-child{width:120px;height:26px;margin-inline-end:auto}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:24px;padding:32px}
main i{aspect-ratio:3/4}main i:first-child{grid-column:1/-1;aspect-ratio:auto;height:150px;background:#f3f1ec}`);
document.adoptedStyleSheets = [sheet];
for (const [place, count] of [["header", 4], ["main", 9]] as const) {
  const part = document.body.appendChild(document.createElement(place));
  for (let n = 0; n < count; n++) part.append(document.createElement("i"));
}
document.body.setAttribute("aria-hidden", "true");

addEventListener("message", ({ source, origin, data: said }: MessageEvent<Look>) => {
  if (source !== parent || origin !== location.origin || said?.sonnim !== 1 || said.type !== "look") return;
  document.querySelectorAll("sonnim-chat, script[data-locale]").forEach((each) => each.remove());
  const own = window as { Sonnim?: unknown };
  own.Sonnim = said.open ? { q: [["open"]] } : undefined;
  const script = document.createElement("script");
  script.dataset["locale"] = said.locale;
  script.src = `/widget/${key}.js?look=${encodeURIComponent(said.look)}`;
  document.head.append(script);
});
parent.postMessage({ sonnim: 1, type: "ready" }, location.origin);
