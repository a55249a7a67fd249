/** Who gets an answer, and under which subject: pure rules over envelopes. */

import type { Addressee, Envelope, Recipients, Sender } from "@sonnim/protocol";

/** What stands before a subject when it is answered or passed on, in the languages of mail programs. */
const PREFIX = /^\s*(?:(?:re|aw|sv|antw|fwd?|wg|tr|rv|회신|답장|전달|回复|回覆|答复|答覆|转发|轉寄|转寄|返信|転送)\s*(?:\[\d+\])?\s*[:：]\s*)+/i;
const ADDRESS = /^[^\s@<>(),;:"[\]\\]{1,64}@[^\s@<>(),;:"[\]\\]+\.[^\s@<>(),;:"[\]\\.]{2,}$/;
const NAMED = /^(.*?)<\s*([^<>\s]+)\s*>$/;

export const MAX_RECIPIENTS = 50;
export const NOBODY: Recipients = { subject: "", to: [], cc: [], bcc: [], source_id: null };

export const bareSubject = (subject: string) => subject.replace(PREFIX, "").trim();

export const isAddress = (text: string) => text.length <= 254 && ADDRESS.test(text);

export const shownName = ({ name, address }: Addressee) => name || address;

export const shownAddress = ({ name, address }: Addressee) => (name ? `${name} <${address}>` : address);

/** Addresses in what somebody typed or pasted: with names or without, parted by commas, semicolons or lines. */
export function addressesIn(text: string): string[] {
  const parts = text.split(/[,;\n\t]+|\s+(?=[^\s<>]+@)/).map((part) => part.trim());
  return parts.filter(Boolean).map((part) => (NAMED.exec(part)?.[2] ?? part).replace(/^["']|["']$/g, "").toLowerCase());
}

const bare = (address: string) => {
  const at = address.lastIndexOf("@");
  return `${address.slice(0, at).split("+")[0]}${address.slice(at)}`.toLowerCase();
};

/** Whether an address is one of the desk's own mailboxes, with a mark behind its plus or without. */
export function isOurs(address: string, senders: readonly Sender[]): boolean {
  return senders.some((each) => bare(each.address) === bare(address));
}

/** The answer to everybody who got a mail but us. Who wrote it comes first; nobody is named twice. */
export function replyAll(last: Envelope, senders: readonly Sender[]): Recipients {
  const known = new Set<string>();
  const take = (all: readonly (Addressee | undefined)[]) =>
    all.flatMap((each) => {
      const address = each?.address.toLowerCase() ?? "";
      if (!isAddress(address) || known.has(address) || isOurs(address, senders)) return [];
      known.add(address);
      return [address];
    });
  const ours = !last.sender || isOurs(last.sender.address, senders);
  const to = take(ours ? (last.to ?? []) : [last.sender]);
  const cc = take([...(ours ? [] : (last.to ?? [])), ...(last.cc ?? [])]).slice(0, MAX_RECIPIENTS - to.length);
  return { ...NOBODY, to, cc, source_id: last.source_id ?? null };
}

const UNSAFE = ["spoofed", "unverified", "automatic"];

/**
 * Where the writer of a mail wants answers, if that is elsewhere. It is their word alone: it is offered and never taken by
 * itself, so that nobody has our answers to somebody else sent to them. What is not even believed to be theirs offers nothing.
 */
export function wantedAt(last: Envelope, senders: readonly Sender[]): string[] {
  if (last.flags?.some((flag) => UNSAFE.includes(flag)) || (last.sender && isOurs(last.sender.address, senders))) return [];
  const wanted = (last.reply_to ?? []).map(({ address }) => address.toLowerCase());
  return wanted.filter((each) => isAddress(each) && !isOurs(each, senders)).slice(0, MAX_RECIPIENTS);
}

/** Whether an answer to everybody would reach more people than a plain one. */
export function hasOthers(last: Envelope, senders: readonly Sender[]): boolean {
  const { to, cc } = replyAll(last, senders);
  return to.length + cc.length > 1;
}

/** What an envelope's objects are to a draft: addresses alone. */
export function recipientsOf(envelope: Envelope | Recipients | null | undefined): Recipients | null {
  if (!envelope) return null;
  const plain = (all: readonly (Addressee | string)[] | undefined) => (all ?? []).map((each) => (typeof each === "string" ? each : each.address));
  return {
    subject: envelope.subject ?? "",
    to: plain(envelope.to),
    cc: plain(envelope.cc),
    bcc: plain(envelope.bcc),
    source_id: envelope.source_id ?? null,
  };
}

/** What speaks against sending to these; a key of the catalogue, or nothing. */
export function faultOf({ to, cc, bcc, subject }: Recipients): "recipients.wrong" | "recipients.tooMany" | "recipients.longSubject" | "" {
  const all = [...to, ...cc, ...bcc];
  if (!all.every(isAddress)) return "recipients.wrong";
  if (all.length > MAX_RECIPIENTS) return "recipients.tooMany";
  return subject.length > 200 ? "recipients.longSubject" : "";
}
