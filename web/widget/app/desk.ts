/** The desk over HTTP: session, older entries, files, contact. */

import type { AckFrame, Attachment, Entry, ErrorFrame, Problem, SendFrame, WidgetCard, WidgetNow, WidgetSession } from "@sonnim/protocol";

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly retryAfter: number | null,
  ) {
    super(`refused: ${status} ${code}`);
  }
}

export interface SessionRequest {
  key: string;
  token: string | null;
  locale: string;
  timezone: string;
  page: { url: string; title: string; referrer: string };
  identity: string | null;
}

/** With whoever is online, so that the first picture need not wait for a presence frame. */
export type Session = WidgetSession & { online?: number[] };

export interface Desk {
  session(request: SessionRequest, signal?: AbortSignal): Promise<Session>;
  older(before: number): Promise<{ items: Entry[]; next: number | null }>;
  send(frame: SendFrame): Promise<AckFrame | ErrorFrame>;
  contact(change: { name?: string; email?: string; page: { url: string } }): Promise<void>;
  picture(id: number): Promise<Blob>;
  now(): Promise<WidgetNow>;
  solved(conversation: number, solved: boolean, words?: string): Promise<void>;
  /** What the page of the store is about to which an entry links. */
  card(entry: number): Promise<WidgetCard>;
  transcript(locale: string): Promise<Blob>;
  mailTranscript(locale: string): Promise<void>;
  upload(file: File, progress: (part: number) => void): { done: Promise<Attachment>; cancel: () => void };
}

const BASE = "/api/v1/widget";

async function refusal(status: number, body: () => Promise<unknown>, retry: string | null): Promise<Refused> {
  const problem = (await body().catch(() => null)) as Partial<Problem> | null;
  return new Refused(status, problem?.code ?? "unavailable", retry ? Number(retry) || null : null);
}

/** The browser's time zone by name; empty where it tells none. */
export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";

/**
 * @param met resolves when there is a token: a file may be handed over before the desk has said who this is.
 */
export function createDesk(token: () => string | null, met: () => Promise<void>): Desk {
  const authorised = (): Record<string, string> => (token() ? { Authorization: `Visitor ${token()}` } : {});

  async function ask(path: string, method: string, body?: object, signal?: AbortSignal): Promise<Response> {
    const answer = await fetch(BASE + path, {
      method,
      credentials: "omit",
      headers: { ...authorised(), ...(body && { "Content-Type": "application/json" }) },
      body: body ? JSON.stringify(body) : null,
      signal: signal ?? null,
    });
    if (!answer.ok) throw await refusal(answer.status, () => answer.json(), answer.headers.get("Retry-After"));
    return answer;
  }

  return {
    session: async (request, signal) => (await ask("/session", "POST", request, signal)).json(),
    older: async (before) => (await ask(`/entries?before=${before}`, "GET")).json(),
    contact: async (change) => void (await ask("/contact", "PATCH", change)),
    now: async () => (await ask("/now", "GET")).json(),
    solved: async (conversation, solved, words = "") => void (await ask("/solved", "POST", { conversation, solved, words })),
    card: async (entry) => (await ask(`/card?entry=${entry}`, "GET")).json(),
    transcript: async (locale) => (await ask(`/transcript?format=html&locale=${locale}&timezone=${encodeURIComponent(zone())}`, "GET")).blob(),
    mailTranscript: async (locale) => void (await ask("/transcript", "POST", { locale, timezone: zone() })),
    picture: async (id) => (await ask(`/attachments/${id}/content`, "GET")).blob(),
    async send({ client_id, text, attachments, page }) {
      try {
        const answer = await ask("/messages", "POST", { client_id, text, attachments, page: page ?? null });
        return { ...((await answer.json()) as AckFrame), t: "ack" };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return { t: "error", code: error.code, message: "", client_id, ref: "send", retry_after: error.retryAfter };
      }
    },
    upload(file, progress) {
      // XMLHttpRequest, since fetch cannot tell how far an upload has come.
      const request = new XMLHttpRequest();
      let wanted = true;
      const begin = (resolve: (attachment: Attachment) => void, reject: (why: unknown) => void): void => {
        if (!wanted) return;
        request.open("POST", `${BASE}/attachments`);
        for (const [name, value] of Object.entries(authorised())) request.setRequestHeader(name, value);
        request.upload.onprogress = (event) => progress(event.total ? event.loaded / event.total : 0);
        request.onload = () => {
          const body = async () => JSON.parse(request.responseText) as unknown;
          if (request.status < 300) body().then((answer) => resolve(answer as Attachment), reject);
          else void refusal(request.status, body, request.getResponseHeader("Retry-After")).then(reject);
        };
        request.onerror = request.onabort = () => reject(new Refused(0, "unavailable", null));
        const form = new FormData();
        form.append("file", file);
        request.send(form);
      };
      const done = new Promise<Attachment>((resolve, reject) => void met().then(() => begin(resolve, reject)));
      return {
        done,
        cancel() {
          wanted = false;
          request.abort();
        },
      };
    },
  };
}
