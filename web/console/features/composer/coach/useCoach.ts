/** The coach of one conversation's draft: what it remarks now, and what is done about it. */

import type { Conversation } from "@sonnim/protocol";
import type { Editor } from "@tiptap/core";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useLocation, useRouter } from "wouter";
import { useDesk, useDeskState } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import { attempt } from "../../../ui/toast";
import { placeOf, type DraftHandle } from "../useDraft";
import { makeAsker } from "./asking";
import { dismiss, isWritten, useDismissed, without } from "./kept";
import { changed, changeFor, moved, type Remark } from "./marks";
import { placesIn, type Places } from "./positions";
import { QUIET_RULES, toastQuieted } from "./quieted";
import { replaceIn } from "./replacing";
import { askCoach, hearAgain, isRefused, learnWhetherStrict, refuse, tellApplied, tellDismissed, type Answer, type Question, type Reason } from "./server";

export interface Drafting {
  conversation: Conversation;
  draft: DraftHandle;
  editor: Editor | null;
}

export interface Coach {
  remarks: readonly Remark[];
  /** What was answered last, to whatever was asked. */
  answer: Answer | null;
  hear: (answer: Answer) => void;
  apply: (remark: Remark) => void;
  dismiss: (remark: Remark, reason: Reason, words: string) => void;
}

const NOTHING: readonly Remark[] = [];

/** Where the words lie in the editor; null while it shows others than the draft has. */
export function placesFor(editor: Editor | null, text: string): Places | null {
  const places = editor && !editor.isDestroyed ? placesIn(editor.state.doc) : null;
  return places?.text === text ? places : null;
}

export function useCoach({ conversation: { id, last_seq: after }, draft, editor }: Drafting): Coach {
  const words = useWords();
  const desk = useDesk();
  const live = useDeskState((state) => state.link === "live");
  const { base: app } = useRouter();
  const [, go] = useLocation();
  const place = placeOf(desk, id);
  const dismissed = useDismissed(place);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const text = draft.kind === "note" ? "" : draft.text;
  const blank = !text.trim();
  // What comes after an empty field is another draft.
  if (blank && answer) setAnswer(null);

  const asker = useMemo(
    () => makeAsker<Question, Answer>((question, signal) => askCoach(desk, id, question, signal), setAnswer, () => refuse(desk)),
    [desk, id],
  );
  useEffect(() => asker.stop, [asker]);
  useEffect(() => void (live && learnWhetherStrict(desk)), [desk, live]);
  useEffect(() => desk.listen(({ type }) => void (type === "coach.changed" && learnWhetherStrict(desk, { again: true }))), [desk]);
  useEffect(() => {
    isWritten(place, text);
    if (blank || !live || isRefused(desk)) asker.stop();
    else asker.soon({ text, after, resolving: false });
  }, [asker, desk, place, text, blank, live, after]);

  const remarks = useMemo(
    () => (answer ? without(moved(answer.remarks, answer.text, text), dismissed) : NOTHING),
    [answer, text, dismissed],
  );

  const latest = useRef({ draft, editor });
  useEffect(() => void (latest.current = { draft, editor }));

  const apply = useCallback(
    (remark: Remark) => {
      const { draft: now, editor: field } = latest.current;
      const change = changeFor(remark);
      if (!change || remark.suggestion === null) return;
      tellApplied(desk, id, remark);
      const places = placesFor(field, now.text);
      if (!field) return now.write({ text: changed(now.text, change), rich: null });
      if (!places || replaceIn(field.view, places, change)) return;
      // What differs is nowhere in the editor, a line end perhaps: the whole piece is.
      replaceIn(field.view, places, { from: remark.start, to: remark.end, text: remark.suggestion });
    },
    [desk, id],
  );

  const settle = useCallback(
    async (remark: Remark, reason: Reason, why: string) => {
      dismiss(place, remark);
      if (!(await tellDismissed(desk, id, remark, reason, why))) return;
      toastQuieted(words, { href: `${app}${QUIET_RULES}`, go: () => go(QUIET_RULES), undo: () => void attempt(words, () => hearAgain(desk, remark.rule)) });
    },
    [app, desk, go, id, place, words],
  );

  return useMemo(
    () => ({ remarks, answer, hear: setAnswer, apply, dismiss: (...all) => void settle(...all) }),
    [remarks, answer, apply, settle],
  );
}
