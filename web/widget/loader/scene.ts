/** What the loader has put up, for the bridge that comes when somebody is interested. */

/** What the server bakes into the loader. */
export interface LauncherConfig {
  origin: string;
  /** Addresses of the chat's page and of the bridge. */
  frame: string;
  bridge: string;
  name: string;
  locale: string;
  color: string;
  ink: string;
  launcher: "round" | "pill" | "tab";
  /** The inline edge at which the launcher stands, and how far from it and from the bottom. */
  side: "start" | "end";
  x: number;
  y: number;
  /** The shop's own words on the launcher, by language. */
  labels: Record<string, string>;
  theme: "auto" | "light" | "dark";
  /** A regular expression for the paths on which there is no launcher, or nothing. */
  hide: string;
  /** The editor's own page: nothing takes the focus from it. */
  preview?: boolean;
}

export interface Scene {
  config: LauncherConfig;
  data: DOMStringMap;
  /** The launcher's words by language, and the language it speaks. */
  words: Record<string, string>;
  locale: string;
  host: HTMLElement;
  root: ShadowRoot;
  button: HTMLButtonElement;
  path: SVGElement;
  frame?: HTMLIFrameElement;
  style(css: string): void;
  /** Fetches frame and bridge. */
  load(): void;
  /** Shows the launcher, or not: as `veil` says, else as the page's address does. */
  sight(): void;
  veil?: boolean;
  /** Commands and words of the frame from before the bridge. */
  q: unknown[][];
  heard: MessageEvent[];
  run?(said: unknown[]): void;
  hear?(event: MessageEvent): void;
}
