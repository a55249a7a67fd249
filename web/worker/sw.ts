/** The console's service worker: its shell without a network, and pushes. It keeps files, never an answer of the server. */

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: what the first screen needs, and a name for this set. */
declare const __FILES__: string[];
declare const __VERSION__: string;

const SHELL = `shell-${__VERSION__}`;
const LATER = "later";
const PAGE = "/console/";
const MOST_LATER = 120;

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

async function fill(): Promise<void> {
  const shell = await caches.open(SHELL);
  await shell.addAll([PAGE, ...__FILES__]);
}

self.addEventListener("activate", (event) => {
  event.waitUntil(sweep().then(() => self.clients.claim()));
});

async function sweep(): Promise<void> {
  for (const name of await caches.keys()) if (name !== SHELL && name !== LATER) await caches.delete(name);
  const later = await caches.open(LATER);
  const kept = await later.keys();
  for (const request of kept.slice(0, Math.max(0, kept.length - MOST_LATER))) await later.delete(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname.startsWith(PAGE)) event.respondWith(page(request));
  else if (pathname.startsWith(`${PAGE}assets/`)) event.respondWith(file(request));
});

/** The newest page while there is a server, the kept one while there is none or it is just being started. */
async function page(request: Request): Promise<Response> {
  const kept = () => caches.match(PAGE);
  try {
    const answer = await fetch(request);
    return answer.status < 502 ? answer : ((await kept()) ?? answer);
  } catch (error) {
    const shell = await kept();
    if (shell) return shell;
    throw error;
  }
}

/** A built file never changes: its name carries its hash. */
async function file(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    const later = await caches.open(LATER);
    await later.put(request, answer.clone());
  }
  return answer;
}

interface Told {
  title: string;
  body: string;
  url: string;
  tag: string;
  lang: string;
}

self.addEventListener("push", (event) => {
  const told = event.data?.json() as Told | undefined;
  if (!told) return;
  const options = {
    body: told.body,
    tag: told.tag,
    lang: told.lang,
    renotify: true,
    icon: `${PAGE}icons/192.png`,
    badge: `${PAGE}icons/badge.png`,
    data: { url: told.url },
  };
  event.waitUntil(self.registration.showNotification(told.title, options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url } = event.notification.data as { url: string };
  event.waitUntil(open(url));
});

/** In a window that is there already, so that nobody ends up with five. */
async function open(url: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const desk = windows.find((each) => new URL(each.url).pathname.startsWith(PAGE));
  if (!desk) return void (await self.clients.openWindow(url));
  await desk.focus();
  desk.postMessage({ open: url });
}

export {};
