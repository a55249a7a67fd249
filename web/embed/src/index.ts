/** Loads Sonnim's chat on a page, and gives its commands types. docs/widget-api.md tells what each of them does. */

export type SonnimLocale = "ko" | "zh" | "en";
export type SonnimTheme = "auto" | "light" | "dark";

/** What listeners are told, by event. No event carries what anybody has written. */
export interface SonnimEvents {
  /** The chat itself has been loaded: on the first interest in it, not with the page. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** How many messages of the desk have not been seen; 0 while the chat is open. */
  unread: number;
  message: { by: "agent" | "shopper" };
  /** Whether the token of `identify` was good. */
  identified: { verified: boolean };
}

export type SonnimListener<Name extends keyof SonnimEvents> = (what: SonnimEvents[Name]) => void;

export interface Sonnim {
  (command: "open" | "close" | "toggle" | "show" | "hide"): void;
  /** Open the chat with a proposed text, which the shopper may change and send. */
  (command: "message", text: string): void;
  /** Say who the shopper is by a token of the store's server; null: nobody is signed in. */
  (command: "identify", token: string | null): void;
  /** Say what the shopper looks at, on pages that change without loading; without an argument: what the page says. */
  (command: "page", page?: { title?: string; url?: string }): void;
  (command: "locale", locale: SonnimLocale): void;
  (command: "theme", theme: SonnimTheme): void;
  <Name extends keyof SonnimEvents>(command: "on", event: Name, listener: SonnimListener<Name>): void;
  <Name extends keyof SonnimEvents>(command: "off", event: Name, listener?: SonnimListener<Name>): void;
}

export interface SonnimOptions {
  /** Where the desk is, such as `https://desk.example`. */
  origin: string;
  /** The shop's public key: it stands in the script tag of the settings. */
  key: string;
  /** Of the chat; else the page's own language. */
  locale?: SonnimLocale;
  /** A token that the store's server has signed, if the shopper is signed in. */
  identity?: string;
  /** What the shopper looks at; else the page's title. */
  pageTitle?: string;
}

type Commanded = Sonnim & { q?: unknown[][] };

const page = (): { Sonnim?: Commanded } => window as { Sonnim?: Commanded };

/** Gives a command now, or keeps it until the loader has come. */
const sonnim = ((...said: unknown[]) => {
  const own = page();
  own.Sonnim ??= Object.assign((...later: unknown[]) => void own.Sonnim!.q!.push(later), { q: [] }) as Commanded;
  (own.Sonnim as (...said: unknown[]) => void)(...said);
}) as Sonnim;

/**
 * Puts the chat on this page, once, and answers its commands; on a server it does nothing.
 *
 * Called again it merely answers the commands: a component may call it whenever it is drawn.
 */
export function load(options: SonnimOptions): Sonnim {
  if (typeof document === "undefined") return () => undefined;
  if (!/^[\w-]+$/.test(options.key)) throw new TypeError("the key holds only letters, digits, - and _");
  const src = `${new URL(options.origin).origin}/widget/${options.key}.js`;
  if (!document.querySelector(`script[src="${src}"]`)) {
    const script = document.createElement("script");
    const { locale, identity, pageTitle } = options;
    for (const [name, value] of Object.entries({ locale, identity, pageTitle })) if (value) script.dataset[name] = value;
    script.async = true;
    script.src = src;
    document.head.append(script);
  }
  return sonnim;
}
