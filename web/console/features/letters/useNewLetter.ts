/** A letter before there is a conversation for it: kept in this browser until it has left. */

import { uuid, type Contact, type Recipients } from "@sonnim/protocol";
import { useCallback, useRef, useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { isEmpty, joined, trimmed, type Content } from "../composer/content";
import { forgetHere, keepHere, keptHere } from "../composer/keptHere";
import { dataOf } from "../composer/useSending";
import { NOBODY } from "./addressing";
import type { AskedLetter } from "./asked";

export type Written = Content & { envelope: Recipients };

const BLANK: Written = { text: "", rich: null, attachments: [], kind: "message", envelope: NOBODY };

interface Ack {
  conversation: number;
  seq: number;
}

/** A letter whose answer was lost, by its place: also when it is closed and opened again, a repeat of it is the same letter. */
const unanswered = new Map<string, { said: string; client_id: string }>();

/** Its draft's number, which no conversation has: what was written to one person awaits nobody else, nor what is passed on. */
export function numberOf({ contact, forward }: AskedLetter): number {
  if (forward) return -2 * forward.id;
  return contact ? -2 * contact.id - 1 : 0;
}

export interface NewLetterHandle {
  written: Written;
  /** Whether words of it were kept from an earlier time. */
  resumed: boolean;
  /** Puts something below what was written meanwhile; it is kept with the first change. */
  put: (content: Content) => void;
  change: (make: (now: Written) => Written) => void;
  /** What is written at this very moment, before it is drawn. */
  current: () => Written;
  /** Answers the conversation that it begins, and how it is taken back while it has not left: it is kept as before then. */
  send: () => Promise<{ conversation: number; takeBack: () => Promise<void> }>;
  /** Throws it away. */
  discard: () => void;
}

export function useNewLetter(asked: AskedLetter): NewLetterHandle {
  const { base } = useDesk();
  const me = useDeskState((state) => state.agentId);
  const channel = useDeskState((state) => state.channels.find((each) => each.letters)?.kind ?? "");
  const place = `${base}:${me}:${numberOf(asked)}`;
  const [written, setWritten] = useState<Written>(() => begun(keptHere(place), asked.contact));
  const [resumed] = useState(written.text.trim() !== "");
  const now = useRef(written);

  const change = useCallback(
    (make: (now: Written) => Written) => {
      now.current = make(now.current);
      setWritten(now.current);
      keepHere(place, now.current);
    },
    [place],
  );
  const put = useCallback((content: Content) => {
    const { envelope } = now.current;
    const subject = envelope.subject || (content.envelope?.subject ?? "");
    now.current = { ...joined(now.current, content), envelope: { ...envelope, subject } };
    setWritten(now.current);
  }, []);
  const send = async () => {
    const known = asked.contact;
    const was = now.current;
    const content = trimmed(was);
    const address = now.current.envelope.to[0] ?? "";
    const to = known?.email?.toLowerCase() === address ? known : await api.post<Contact>(`${base}/addressees`, { address });
    const body = {
      contact_id: to.id,
      channel,
      text: content.text,
      attachments: content.attachments.map((each) => each.id),
      ...dataOf(content),
    };
    const said = JSON.stringify(body);
    const former = unanswered.get(place);
    const client_id = former?.said === said ? former.client_id : uuid();
    unanswered.set(place, { said, client_id });
    const ack = await api.post<Ack>(`${base}/conversations`, { client_id, ...body });
    discard();
    const { conversation, seq } = ack;
    const takeBack = async () => {
      await api.post(`${base}/conversations/${conversation}/entries/${seq}/retract`);
      const since = keptHere(place);
      keepHere(place, since && !isEmpty(since) ? { ...joined(was, since), envelope: was.envelope } : was);
    };
    return { conversation, takeBack };
  };
  const discard = () => {
    unanswered.delete(place);
    forgetHere(place);
  };
  return { written, resumed, put, change, current: () => now.current, send, discard };
}

function begun(kept: Content | null, contact: Contact | undefined): Written {
  const to = contact?.email ? [contact.email.toLowerCase()] : [];
  if (!kept || isEmpty(kept)) return { ...BLANK, envelope: { ...NOBODY, to } };
  const envelope = kept.envelope ?? NOBODY;
  return { ...kept, envelope: envelope.to.length ? envelope : { ...envelope, to } };
}
