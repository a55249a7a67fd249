/** What is passed on: the mail with its head above it, and copies of its files. */

import type { Attachment, Entry, Envelope } from "@sonnim/protocol";
import { useEffect, useRef } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords, type Words } from "../../app/i18n";
import { toastError } from "../../ui/toast";
import type { Content } from "../composer/content";
import { bareSubject, NOBODY, shownAddress } from "./addressing";
import { readEnvelopes } from "./envelopes";
import { readLetter } from "./sent";

/** Puts what is passed on into an empty letter, once. */
export function useForward(entry: Entry | undefined, about: string, put: (content: Content) => void): void {
  const words = useWords();
  const format = useFormat();
  const { base } = useDesk();
  const done = useRef(false);
  useEffect(() => {
    if (!entry || done.current) return;
    done.current = true;
    const { conversation_id: at, seq } = entry;
    void Promise.all([
      readEnvelopes(base, at, seq, seq).catch(() => []),
      // What came by another way than by mail has no more than its words.
      readLetter(base, entry).catch(() => null),
      copies(base, entry.attachments).catch((error: unknown) => {
        toastError(words, error);
        return [];
      }),
    ]).then(([[envelope], letter, attachments]) => {
      const subject = bareSubject(envelope?.subject || about);
      const said = [entry.text, letter?.quoted].filter(Boolean).join("\n\n");
      put({
        kind: "message",
        text: `\n\n${headOf(words, envelope, subject, format.full(entry.at))}\n\n${said}`,
        rich: null,
        attachments,
        envelope: { ...NOBODY, subject: subject ? words.t("forward.subject", { subject }) : "" },
      });
    });
  }, [entry, about, base, words, format, put]);
}

const copies = (base: string, files: readonly Attachment[]) =>
  Promise.all(files.map((file) => api.post<Attachment>(`${base}/attachments/${file.id}/copy`)));

function headOf({ t }: Words, envelope: Envelope | undefined, subject: string, date: string): string {
  const line = (label: string, value: string | undefined) => (value ? `${label}: ${value}` : "");
  return [
    t("forward.head"),
    line(t("letter.fieldFrom"), envelope?.sender && shownAddress(envelope.sender)),
    line(t("letter.fieldDate"), date),
    line(t("letter.fieldSubject"), subject),
    line(t("letter.fieldTo"), envelope?.to?.map(shownAddress).join(", ")),
  ]
    .filter(Boolean)
    .join("\n");
}
