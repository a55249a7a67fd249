/** Letting a conversation go on in another one of the same shopper. */

import type { Conversation } from "@sonnim/protocol";
import { useState } from "react";
import { useLocation } from "wouter";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { attempt, toastUndo } from "../../ui/toast";
import { merge, unmerge } from "./actions";
import { ConversationChoice, useOthers } from "./Choice";
import { Frame } from "./Frame";

interface Props {
  conversation: Conversation;
  onClose: () => void;
}

export default function MergeDialog({ conversation, onClose }: Props) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const [, go] = useLocation();
  const others = useOthers(conversation);
  const mergeable = others && others.filter((each) => each.channel === conversation.channel && each.status !== "spam");
  const [chosen, setChosen] = useState<number | null>(null);
  const into = chosen ?? (mergeable?.length === 1 ? (mergeable[0]?.id ?? null) : null);
  const undo = () => {
    void attempt(words, () => unmerge(desk, conversation.id)).then((done) => done && go(`/inbox/all/${conversation.id}`));
  };
  return (
    <Frame
      title={t("merge.title")}
      text={t("merge.text")}
      action={t("merge.act")}
      ready={into !== null}
      testid="merge"
      onAct={() => merge(desk, conversation.id, into ?? 0)}
      onDone={() => {
        go(`/inbox/all/${into}`);
        toastUndo(words, t("done.merged"), undo);
      }}
      onClose={onClose}
    >
      <ConversationChoice label={t("merge.choose")} empty={t("merge.none")} items={mergeable} value={into} onChange={setChosen} />
    </Frame>
  );
}
