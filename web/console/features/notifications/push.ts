/** Web push for this browser: asked for by its owner, renewed while signed in, gone with the session. */

import { api } from "../../app/api";
import { session } from "../../app/session";

export interface Device {
  id: number;
  label: string;
  created_at: string;
  pushed_at: string | null;
}

interface Devices {
  key: string;
  items: Device[];
}

const KEY = "sonnim:push";
const HOLDER_KEY = "sonnim:push-for";

/** Why this browser cannot take pushes, if it cannot. */
export function whyNot(): "insecure" | "unsupported" | "install" | "denied" | null {
  if (!window.isSecureContext) return "insecure";
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) {
    // On an iPhone they work in the installed app alone.
    const tablet = navigator.userAgent.includes("Macintosh") && navigator.maxTouchPoints > 1; // so an iPad calls itself
    return tablet || /iPhone|iPad/.test(navigator.userAgent) ? "install" : "unsupported";
  }
  return Notification.permission === "denied" ? "denied" : null;
}

export function readDevices(base: string): Promise<Devices> {
  return api.get<Devices>(`${base}/notifications/devices`);
}

async function subscription(): Promise<PushSubscription | null> {
  const worker = await navigator.serviceWorker?.getRegistration();
  return (await worker?.pushManager?.getSubscription()) ?? null;
}

/** Whoever is signed in, as a sign behind the shop: colleagues may share a browser, never their news. */
function mine(): string {
  const state = session.get();
  return `@${state.status === "in" ? state.me.user.id : ""}`;
}

function kept(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return ""; // storage is blocked
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is blocked: the choice lasts as long as the session.
  }
}

/** What was switched on here, by whomever. */
function choices(): string[] {
  return kept(KEY).split(" ").filter(Boolean);
}

/** Whether this browser takes pushes of this shop for whoever is signed in. */
export function isOn(base: string): boolean {
  return choices().includes(base + mine());
}

function remember(base: string, on: boolean): void {
  const others = choices().filter((each) => each !== base + mine());
  keep(KEY, [...others, ...(on ? [base + mine()] : [])].join(" "));
}

function bytes(key: string): Uint8Array<ArrayBuffer> {
  const plain = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (each) => each.charCodeAt(0));
}

/** Asks the person, then the browser, and tells the server; answers false when the person says no. */
export async function switchOn(base: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  await subscribe(base);
  remember(base, true);
  return true;
}

async function subscribe(base: string): Promise<void> {
  const { key } = await readDevices(base);
  const worker = await navigator.serviceWorker.ready;
  const old = await worker.pushManager.getSubscription();
  const wanted = bytes(key);
  // A server that was set up anew has another key; the old subscription would never be heard of again.
  if (old && !sameKey(old, wanted)) await old.unsubscribe();
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
  await tell(base, made);
  keep(HOLDER_KEY, mine());
}

function sameKey({ options }: PushSubscription, wanted: Uint8Array): boolean {
  const had = options.applicationServerKey && new Uint8Array(options.applicationServerKey);
  return had !== null && had.length === wanted.length && had.every((each, i) => each === wanted[i]);
}

async function tell(base: string, made: PushSubscription): Promise<void> {
  const { endpoint, keys } = made.toJSON();
  await api.post(`${base}/notifications/devices`, { endpoint, keys, label: deviceName(navigator.userAgent) });
}

export async function switchOff(base: string): Promise<void> {
  remember(base, false);
  const known = await subscription();
  if (!known) return;
  await api.post(`${base}/notifications/devices/forget`, { endpoint: known.endpoint });
  if (!choices().some((each) => each.endsWith(mine()))) await known.unsubscribe();
}

/**
 * A new session: the server has forgotten the device together with the old one.
 *
 * Another person's session may have ended in silence, with the device still known: its address is given up, so that
 * nobody's news come to a browser that somebody else sits at.
 */
export async function renew(base: string): Promise<void> {
  if (kept(HOLDER_KEY) !== mine()) await (await subscription())?.unsubscribe();
  if (isOn(base) && !whyNot() && Notification.permission === "granted") await subscribe(base);
}

const BROWSERS: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/Whale\//, "Whale"],
  [/OPR\//, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** "Chrome · Windows": enough to tell one's own machines apart. */
export function deviceName(agent: string): string {
  const name = (known: [RegExp, string][]) => known.find(([sign]) => sign.test(agent))?.[1];
  return [name(BROWSERS), name(SYSTEMS)].filter(Boolean).join(" · ");
}
