/** A mailbox as its dialogs hold it, and as the server wants it. Passwords are written, never read back. */

import type { Locale, MailboxSettings, MailServer, MailServers } from "@sonnim/protocol";

export interface Form {
  address: string;
  name: string;
  team_id: number | null;
  is_default: boolean;
  active: boolean;
  signatures: Partial<Record<Locale, string>>;
  way_in: "imap" | "provider" | "pipe";
  imap: MailServer;
  folder: string;
  way_out: "smtp" | "provider" | "house";
  smtp: MailServer;
  provider: string;
  /** What is left empty stays as it is; one password serves for both, unless another is given for sending. */
  secrets: Partial<Record<Secret, string>>;
}

export const PROVIDERS = { postmark: "Postmark", mailgun: "Mailgun", sendgrid: "SendGrid", amazon_ses: "Amazon SES" };
export type Secret =
  | "imap_password"
  | "smtp_password"
  | "oauth_client_id"
  | "oauth_client_secret"
  | "oauth_refresh"
  | "oauth_token_url"
  | "provider_key"
  | "provider_secret"
  | "provider_region";
export const OAUTH = ["oauth_client_id", "oauth_client_secret", "oauth_refresh", "oauth_token_url"] as const;
const TOKEN_URLS: [RegExp, string][] = [
  [/google|gmail/, "https://oauth2.googleapis.com/token"],
  [/office365|outlook/, "https://login.microsoftonline.com/common/oauth2/v2.0/token"],
];

const server = (port: number): MailServer => ({ host: "", port, security: "tls", user: "", auth: "password" });

export const EMPTY: Form = {
  address: "",
  name: "",
  team_id: null,
  is_default: false,
  active: true,
  signatures: {},
  way_in: "imap",
  imap: server(993),
  folder: "INBOX",
  way_out: "smtp",
  smtp: server(465),
  provider: "",
  secrets: {},
};

export function formOf(mailbox: MailboxSettings): Form {
  const { address, name, team_id, is_default, active, signatures, folder, provider } = mailbox;
  return {
    ...EMPTY,
    ...{ address, name, team_id, is_default, active, signatures, folder, provider },
    way_in: mailbox.way_in as Form["way_in"],
    way_out: mailbox.way_out as Form["way_out"],
    imap: mailbox.imap ?? EMPTY.imap,
    smtp: mailbox.smtp ?? EMPTY.smtp,
  };
}

/** The servers that were found, or fields to fill in for this address. */
export function withServers(form: Form, found: MailServers | null): Form {
  const auth = found?.notes.includes("oauth") ? "xoauth2" : "password";
  const of = (one: MailServer | null | undefined, port: number) => ({ ...(one ?? { ...server(port), user: form.address }), auth });
  const imap = of(found?.imap, 993);
  const url = TOKEN_URLS.find(([pattern]) => pattern.test(imap.host))?.[1];
  const secrets = auth === "xoauth2" && url ? { ...form.secrets, oauth_token_url: url } : form.secrets;
  return { ...form, imap, smtp: of(found?.smtp, 465), secrets };
}

export const usesTokens = ({ way_in, way_out, imap, smtp }: Form) =>
  (way_in === "imap" && imap.auth === "xoauth2") || (way_out === "smtp" && smtp.auth === "xoauth2");
export const usesPassword = ({ way_in, way_out, imap, smtp }: Form) =>
  (way_in === "imap" && imap.auth === "password") || (way_out === "smtp" && smtp.auth === "password");
export const usesProvider = ({ way_in, way_out }: Form) => way_in === "provider" || way_out === "provider";

function secretsOf(form: Form): Partial<Record<Secret, string>> {
  const { imap_password: password, ...others } = form.secrets;
  const both = password ? { imap_password: password, smtp_password: password } : {};
  return Object.fromEntries(Object.entries({ ...both, ...others }).filter(([, value]) => value));
}

/** How it is connected, as the server wants it. */
export function connectionOf(form: Form) {
  const { way_in, way_out, folder, provider, imap, smtp } = form;
  return {
    ...{ way_in, way_out, folder, provider, secrets: secretsOf(form) },
    ...(way_in === "imap" && { imap }),
    ...(way_out === "smtp" && { smtp }),
  };
}

/** What is tried before it is saved; null when there is no server to try. */
export function trialOf(form: Form, id: number | null) {
  const { way_in, way_out, imap, smtp, folder } = form;
  if (way_in !== "imap" && way_out !== "smtp") return null;
  return {
    ...(id !== null && { mailbox_id: id }),
    ...(way_in === "imap" && { imap }),
    ...(way_out === "smtp" && { smtp }),
    ...{ folder, secrets: secretsOf(form) },
  };
}
