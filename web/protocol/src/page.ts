/** What the page tells a link: back in front, back on the network, off the network. */

export interface PageSignals {
  wake: () => void;
  offline: () => void;
}

export const isOnline = (): boolean => typeof navigator === "undefined" || navigator.onLine !== false;

/** Starts listening; the answer stops it. Does nothing outside a browser. */
export function listenToPage({ wake, offline }: PageSignals): () => void {
  if (typeof window === "undefined") return () => undefined;
  const seen = () => {
    if (document.visibilityState === "visible") wake();
  };
  const change = (verb: "addEventListener" | "removeEventListener") => {
    window[verb]("online", wake);
    window[verb]("focus", wake);
    window[verb]("offline", offline);
    document[verb]("visibilitychange", seen);
  };
  change("addEventListener");
  return () => change("removeEventListener");
}
