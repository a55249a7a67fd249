/** What a store's page includes: the form stands where the script does, in a frame of its own. */

const script = document.currentScript as HTMLScriptElement;
const address = new URL(script.src);
const frame = document.createElement("iframe");

/** Whether the page that the form stands in is dark: its words are then light, and so shall the form's be. */
function theme(): string {
  const [red = 0, green = 0, blue = 0] = getComputedStyle(document.body ?? document.documentElement).color.match(/[\d.]+/g)?.map(Number) ?? [];
  return red * 0.3 + green * 0.6 + blue * 0.1 > 140 ? "dark" : "light";
}

const about = new URLSearchParams({
  in: "frame",
  lang: script.dataset["locale"] || document.documentElement.lang || navigator.language,
  theme: theme(),
  page: location.href.split("#", 1)[0]!.slice(0, 1000),
  page_title: document.title.slice(0, 200),
});
frame.src = `${address.origin}${address.pathname.replace(/\.js$/, "")}?${about}`;
frame.title = script.dataset["title"] || document.title;
frame.style.cssText = "display:block;width:100%;height:480px;border:0;border-radius:14px";
addEventListener("message", ({ source, origin, data }: MessageEvent<{ sonnim?: string; height?: number } | null>) => {
  if (source !== frame.contentWindow || origin !== address.origin || data?.sonnim !== "form") return;
  const height = Number(data.height);
  if (height > 0 && height < 10000) frame.style.height = `${height}px`;
});
if (script.closest("body")) script.after(frame);
else if (document.body) document.body.append(frame);
else addEventListener("DOMContentLoaded", () => document.body.append(frame)); // a script in the head shows no place
