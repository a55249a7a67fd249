/** Who is signed in: allauth's headless interface for browsers, and /me. */

import { createStore } from "./store";
import { api, ApiError, csrfToken, request, whenUnauthenticated } from "./api";
import type { Me } from "./types";

export type SessionState =
  | { status: "checking" }
  | { status: "failed" }
  | { status: "out"; why?: string }
  | { status: "in"; me: Me; why?: string };

export const session = createStore<SessionState>({ status: "checking" });

export async function readMe(): Promise<void> {
  try {
    const me = await api.get<Me>("/me");
    session.set((was) => ({ status: "in", me, ...whyOf(was) }));
  } catch (error) {
    const out = error instanceof ApiError && (error.status === 401 || error.status === 403);
    session.set((was) => (out ? { status: "out", ...whyOf(was) } : { status: "failed" }));
  }
}

const SHOP_KEY = "sonnim:shop";

/** Which of my shops this tab is in. */
export const chosenShop = createStore<number>(Number(sessionStorage.getItem(SHOP_KEY)));

export function chooseShop(id: number): void {
  sessionStorage.setItem(SHOP_KEY, String(id));
  chosenShop.set(() => id);
}

function whyOf(was: SessionState): { why?: string } {
  return was.status === "out" && was.why ? { why: was.why } : {};
}

export function leave(why?: string): void {
  session.set((was) => (was.status === "out" ? was : { status: "out", ...(why ? { why } : {}) }));
}

whenUnauthenticated(() => {
  if (session.get().status === "in") leave("unauthenticated");
});

// ---- allauth

interface Flow {
  id: string;
  types?: string[];
  is_pending?: boolean;
}

interface AllauthBody<T> {
  status: number;
  data?: T & { flows?: Flow[] };
  meta?: { is_authenticated?: boolean } & Record<string, unknown>;
  errors?: { code: string; message: string; param?: string }[];
}

/** An answer that is not 200; `flows` says what is asked for next (a second factor, the password again). */
export class AuthError extends ApiError {
  constructor(
    status: number,
    code: string,
    detail: string,
    readonly flows: Flow[],
    readonly meta: Record<string, unknown>,
  ) {
    super(status, code, detail);
  }

  /** The kinds of second factor that are asked for, if one is. */
  get factors(): string[] | null {
    const flow = this.flows.find((each) => each.id === "mfa_authenticate" && each.is_pending !== false);
    return flow ? (flow.types ?? ["totp"]) : null;
  }

  get needsPasswordAgain(): boolean {
    return this.status === 401 && this.flows.some((flow) => flow.id.endsWith("reauthenticate"));
  }
}

async function allauth<T>(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<T> {
  // The console's own page sets the cookie; a page from elsewhere (the development server) has to ask for it.
  if (method !== "GET" && !csrfToken()) await request("/_allauth/browser/v1/auth/session");
  const answer = await request(`/_allauth/browser/v1/${path}`, {
    method,
    headers: body ? { "Content-Type": "application/json", ...headers } : headers,
    body: body ? JSON.stringify(body) : null,
  });
  const told = (await answer.json().catch(() => ({ status: answer.status }))) as AllauthBody<T>;
  if (answer.ok && told.status !== 401) return (told.data ?? {}) as T;
  const error = told.errors?.[0];
  const code = error?.code ?? (answer.status === 429 ? "too_many_attempts" : `http_${answer.status}`);
  throw new AuthError(answer.status, code, error?.message ?? "", told.data?.flows ?? [], told.meta ?? {});
}

export interface AuthSession {
  id: number;
  ip: string;
  user_agent: string;
  created_at: number;
  last_seen_at?: number;
  is_current: boolean;
}

export interface Authenticator {
  id?: number;
  type: "totp" | "webauthn" | "recovery_codes";
  name?: string;
  created_at: number;
  last_used_at: number | null;
  unused_code_count?: number;
}

type Options = Record<string, unknown>;

export const auth = {
  login: (email: string, password: string) => allauth("POST", "auth/login", { email, password }),
  factor: (code: string) => allauth("POST", "auth/2fa/authenticate", { code }),
  passkeyOptions: () => allauth<{ request_options: Options }>("GET", "auth/webauthn/login"),
  passkeyLogin: (credential: Options) => allauth("POST", "auth/webauthn/login", { credential }),
  passkeyFactorOptions: () => allauth<{ request_options: Options }>("GET", "auth/webauthn/authenticate"),
  passkeyFactor: (credential: Options) => allauth("POST", "auth/webauthn/authenticate", { credential }),
  again: (password: string) => allauth("POST", "auth/reauthenticate", { password }),
  requestReset: (email: string) => allauth("POST", "auth/password/request", { email }),
  checkReset: (key: string) => allauth("GET", "auth/password/reset", undefined, { "X-Password-Reset-Key": key }),
  reset: (key: string, password: string) => allauth("POST", "auth/password/reset", { key, password }),
  changePassword: (current_password: string, new_password: string) =>
    allauth("POST", "account/password/change", { current_password, new_password }),
  sessions: () => allauth<AuthSession[]>("GET", "auth/sessions"),
  endSession: (id: number) => allauth("DELETE", "auth/sessions", { sessions: [id] }),
  authenticators: () => allauth<Authenticator[]>("GET", "account/authenticators"),
  totpSecret: () => allauth("GET", "account/authenticators/totp"),
  addTotp: (code: string) => allauth("POST", "account/authenticators/totp", { code }),
  removeTotp: () => allauth("DELETE", "account/authenticators/totp"),
  recoveryCodes: () => allauth<{ unused_codes: string[] }>("GET", "account/authenticators/recovery-codes"),
  newRecoveryCodes: () => allauth<{ unused_codes: string[] }>("POST", "account/authenticators/recovery-codes", {}),
  newPasskeyOptions: () =>
    allauth<{ creation_options: Options }>("GET", "account/authenticators/webauthn?passwordless"),
  addPasskey: (name: string, credential: Options) =>
    allauth("POST", "account/authenticators/webauthn", { name, credential }),
  removePasskey: (id: number) => allauth("DELETE", "account/authenticators/webauthn", { authenticators: [id] }),
};

export async function signOut(): Promise<void> {
  await allauth("DELETE", "auth/session").catch((error: unknown) => {
    // allauth answers 401 when it worked: nobody is signed in any more.
    if (!(error instanceof AuthError) || error.status !== 401) throw error;
  });
  leave();
}
