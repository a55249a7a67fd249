/** A mailbox's form: what is found fills it in, and only what was written is sent. */

import type { MailServers, MailboxSettings } from "@sonnim/protocol";
import { describe, expect, it } from "vitest";
import { connectionOf, EMPTY, formOf, trialOf, usesPassword, usesTokens, withServers, type Form } from "../features/settings/mailboxes/form";

const server = (host: string, port: number) => ({ host, port, security: "tls", user: "help@ongi.example", auth: "password" });
const found = (notes: string[] = [], host = "imap.ongi.example"): MailServers => ({
  ...{ by: "table", provider: "", name: "Ongi", notes, help_url: "" },
  imap: server(host, 993),
  smtp: server("smtp.ongi.example", 465),
});
const form = (part: Partial<Form>): Form => ({ ...EMPTY, address: "help@ongi.example", ...part });

describe("the form of a mailbox", () => {
  it("takes the servers that were found", () => {
    const filled = withServers(form({}), found());
    expect([filled.imap.host, filled.smtp.host, usesPassword(filled), usesTokens(filled)]).toEqual(["imap.ongi.example", "smtp.ongi.example", true, false]);
  });

  it("begins with the address as the user where nothing was found", () => {
    const empty = withServers(form({}), null);
    expect([empty.imap.user, empty.smtp.user, empty.imap.host]).toEqual(["help@ongi.example", "help@ongi.example", ""]);
  });

  it("asks for tokens where there are no passwords, and knows where they come from", () => {
    const filled = withServers(form({}), found(["oauth"], "outlook.office365.com"));
    expect([usesPassword(filled), usesTokens(filled)]).toEqual([false, true]);
    expect(filled.secrets.oauth_token_url).toContain("login.microsoftonline.com");
  });

  it("sends one password for both servers, and another one where it was given", () => {
    const both = form({ secrets: { imap_password: "moon" } });
    expect(connectionOf(both).secrets).toEqual({ imap_password: "moon", smtp_password: "moon" });
    const apart = form({ secrets: { imap_password: "moon", smtp_password: "jar" } });
    expect(connectionOf(apart).secrets).toEqual({ imap_password: "moon", smtp_password: "jar" });
  });

  it("sends no password that was not written, so that the kept one stays", () => {
    expect(connectionOf(form({ secrets: { imap_password: "", smtp_password: "" } })).secrets).toEqual({});
  });

  it("tries only the servers that are used", () => {
    expect(trialOf(form({ way_in: "pipe", way_out: "house" }), null)).toBeNull();
    const trial = trialOf(form({ way_in: "provider" }), 7);
    expect([trial?.mailbox_id, trial && "imap" in trial, trial && "smtp" in trial]).toEqual([7, false, true]);
  });

  it("shows a mailbox without its secrets", () => {
    const saved = { ...EMPTY, ...found(), id: 1, v: 1, state: "ok", note: "", backlog: 0, fetched: 0, checked_at: null, hooked: false, secrets: ["imap_password"] };
    const shown = formOf({ ...saved, address: "help@ongi.example" } as unknown as MailboxSettings);
    expect([shown.imap.host, shown.secrets]).toEqual(["imap.ongi.example", {}]);
  });
});
