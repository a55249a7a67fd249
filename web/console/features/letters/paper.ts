/** The page that a mail is shown on: markup that the server has made harmless, in a frame from which nothing goes out. */

import { request } from "../../app/api";

/** No script, no form, no address of ours; links open in a tab that knows nothing of this one. */
export const SANDBOX = "allow-popups allow-popups-to-escape-sandbox";
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
const MIN = 96;
const MAX = 520;
const AROUND = 40;
const LINE = 26;
const LETTERS = 70;
const MAX_PICTURE = 300;
/** In the place of a picture that is not shown: nothing, as large as the picture says it is. */
const BLANK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

export interface Colors {
  ink: string;
  paper: string;
  accent: string;
}

const INK_ON_PAPER: Colors = { ink: "#1C2421", paper: "#FFFFFF", accent: "#0C625C" };
const NIGHT: Colors = { ink: "#E9ECE8", paper: "#202823", accent: "#8AC6BC" };

/** A mail with colours of its own stays on white paper: on another ground they could not be read. */
export function colorsOf(colored: boolean, dark: boolean): Colors {
  return dark && !colored ? NIGHT : INK_ON_PAPER;
}

export interface Paper {
  html: string;
  /** About how high it is: the frame is closed to us, and cannot be measured. */
  height: number;
  /** Pictures of the mail itself that are to be put in. */
  attachments: number[];
}

/** Names of pictures, as the server puts them in the place of addresses. */
const NAME = /^(picture|attachment):(\d{1,15})$/;

/** Puts the pictures that are here into a mail's markup; the others leave their place empty. */
export function paperOf(html: string, pictures: Readonly<Record<string, string>>): Paper {
  // A document that was parsed this way runs and fetches nothing.
  const made = new DOMParser().parseFromString(html, "text/html");
  const attachments = new Set<number>();
  let height = 0;
  for (const image of made.querySelectorAll("img")) {
    const name = image.getAttribute("src") ?? "";
    const [, kind, number] = NAME.exec(name) ?? [];
    if (kind === "attachment") attachments.add(Number(number));
    const data = kind ? pictures[name] : name.startsWith("data:image/") ? name : undefined;
    image.setAttribute("src", data ?? BLANK);
    if (!data) {
      image.style.background = "rgb(128 128 128 / 15%)";
      image.style.aspectRatio = `${Number(image.getAttribute("width")) || 1} / ${Number(image.getAttribute("height")) || 1}`;
    }
    height += Math.min(MAX_PICTURE, Number(image.getAttribute("height")) || (data ? 120 : 0));
  }
  for (const element of made.querySelectorAll<HTMLElement>("[background]")) {
    const data = pictures[element.getAttribute("background") ?? ""];
    element.removeAttribute("background");
    if (data) element.style.backgroundImage = `url("${data}")`;
  }
  // It is read, not written: what becomes of it happens in the frame.
  // eslint-disable-next-line no-restricted-properties
  return { html: made.body.innerHTML, height: heightOf(made.body, height), attachments: [...attachments] };
}

function heightOf(body: HTMLElement, pictures: number): number {
  const lines = (body.textContent ?? "").split("\n").reduce((sum, line) => sum + Math.ceil(line.trim().length / LETTERS), 0);
  const blocks = body.querySelectorAll("p, br, tr, li, div:not(:has(div)), h1, h2, h3").length;
  return Math.max(MIN, Math.min(MAX, Math.max(lines, blocks) * LINE + AROUND + pictures));
}

export function pageOf(html: string, { ink, paper, accent }: Colors): string {
  return (
    `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
    `<meta name="referrer" content="no-referrer"><style>html{color-scheme:${paper === NIGHT.paper ? "dark" : "light"};background:${paper}}` +
    `body{margin:14px;color:${ink};font:14px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}a{color:${accent}}` +
    `img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:0 0 0 6px;padding-left:12px;border-left:2px solid #b9beb9}</style>` +
    `</head><body>${html}</body></html>`
  );
}

/** A picture's bytes as an address that needs no request. */
export async function pictureAt(path: string, tries = 5): Promise<string | null> {
  const answer = await request(`/api/v1${path}`);
  if (answer.status === 429 && tries > 1) {
    await new Promise((done) => setTimeout(done, 2000));
    return pictureAt(path, tries - 1);
  }
  if (!answer.ok) return null;
  const found = await answer.blob();
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(typeof reader.result === "string" && reader.result.startsWith("data:image/") ? reader.result : null);
    reader.onerror = () => done(null);
    reader.readAsDataURL(found);
  });
}
