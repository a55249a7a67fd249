/** The service worker: the shell without a network, pushes, and the offer to install. */

import { createStore } from "./store";

/** Chrome's offer to install the console, kept until somebody takes it. */
interface InstallOffer extends Event {
  prompt: () => Promise<unknown>;
}

export const installOffer = createStore<InstallOffer | null>(null);

export function startWorker(): void {
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    installOffer.set(() => event as InstallOffer);
  });
  window.addEventListener("appinstalled", () => installOffer.set(() => null));
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  // After the first screen: the worker fetches what that has just fetched.
  window.addEventListener("load", () => {
    navigator.serviceWorker.register("/console/sw.js", { scope: "/console/" }).catch(() => undefined); // works without
  });
}

/** Asks whether to install; the offer can be taken once. */
export async function install(): Promise<void> {
  const offer = installOffer.get();
  installOffer.set(() => null);
  await offer?.prompt();
}

/** Hears what the worker wants opened in this window; answers how to stop. */
export function onOpen(open: (path: string) => void): () => void {
  const hear = ({ data }: MessageEvent<{ open?: unknown }>) => {
    const wanted = data.open;
    if (typeof wanted === "string" && wanted.startsWith("/console/")) open(wanted.slice("/console".length));
  };
  navigator.serviceWorker?.addEventListener("message", hear);
  return () => navigator.serviceWorker?.removeEventListener("message", hear);
}
