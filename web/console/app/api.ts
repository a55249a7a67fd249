/** Requests to the server: JSON in and out, problem+json errors as ApiError, and the server's clock. */

import type { Problem } from "@sonnim/protocol";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly fields: Record<string, string[]> = {},
  ) {
    super(detail || code);
  }
}

let skew = 0;
let onUnauthenticated: () => void = () => undefined;

/** Milliseconds since 1970 by the server's clock: an agent's own clock may be minutes off. */
export function serverNow(): number {
  return Date.now() + skew;
}

/** Called when the server no longer knows the session. */
export function whenUnauthenticated(callback: () => void): void {
  onUnauthenticated = callback;
}

export function csrfToken(): string {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

function learnClock(answer: Response): void {
  const date = Date.parse(answer.headers.get("Date") ?? "");
  // The header has whole seconds: smaller differences mean nothing.
  if (!Number.isNaN(date) && Math.abs(date - Date.now()) > 2_000) skew = date + 500 - Date.now();
  else skew = 0;
}

export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("Accept", "application/json");
  if (init.method && init.method !== "GET") headers.set("X-CSRFToken", csrfToken());
  try {
    const answer = await fetch(path, { credentials: "same-origin", ...init, headers });
    learnClock(answer);
    return answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "network", "");
  }
}

async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { method, signal: signal ?? null };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { "Content-Type": "application/json" };
  }
  const answer = await request(`/api/v1${path}`, init);
  if (!answer.ok) throw await problem(answer);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

async function problem(answer: Response): Promise<ApiError> {
  const told = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  if (answer.status === 401) onUnauthenticated();
  return new ApiError(answer.status, told.code ?? `http_${answer.status}`, told.detail ?? "", told.fields);
}

export const api = {
  get: <T>(path: string, signal?: AbortSignal) => call<T>("GET", path, undefined, signal),
  post: <T>(path: string, body: unknown = {}, signal?: AbortSignal) => call<T>("POST", path, body, signal),
  put: <T>(path: string, body: unknown = {}) => call<T>("PUT", path, body),
  patch: <T>(path: string, body: unknown = {}) => call<T>("PATCH", path, body),
  delete: <T = void>(path: string) => call<T>("DELETE", path),
};

/** Uploads one file; fetch cannot tell how far it is, XMLHttpRequest can. */
export function upload<T>(path: string, file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const sender = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file, file.name);
    sender.open("POST", `/api/v1${path}`);
    sender.setRequestHeader("X-CSRFToken", csrfToken());
    sender.setRequestHeader("Accept", "application/json");
    sender.responseType = "json";
    sender.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    sender.onerror = () => reject(new ApiError(0, "network", ""));
    sender.onabort = () => reject(new DOMException("aborted", "AbortError"));
    sender.onload = () => {
      const body = sender.response as T & Partial<Problem>;
      if (sender.status < 300) resolve(body);
      else reject(new ApiError(sender.status, body?.code ?? `http_${sender.status}`, body?.detail ?? ""));
    };
    signal.addEventListener("abort", () => sender.abort());
    sender.send(form);
  });
}
