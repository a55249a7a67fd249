/** The dialogs of working together, loaded when one of them is asked for. */

import type { Conversation } from "@sonnim/protocol";
import { lazy, Suspense, useEffect } from "react";
import { useStore } from "../../app/store";
import { closeDialog, dialogs } from "./dialogs";

const TransferDialog = lazy(() => import("./TransferDialog"));
const MergeDialog = lazy(() => import("./MergeDialog"));
const SplitDialog = lazy(() => import("./SplitDialog"));
const LinkDialog = lazy(() => import("./LinkDialog"));
const MailChatDialog = lazy(() => import("../letters/MailChatDialog"));
const AskDialog = lazy(() => import("./AskDialog"));
const SpotDialog = lazy(() => import("../quality/SpotDialog"));

export function TogetherDialogs({ conversation }: { conversation: Conversation }) {
  const asked = useStore(dialogs, (each) => each);
  useEffect(() => closeDialog, []);
  if (asked?.conversation !== conversation.id) return null;
  const props = { conversation, onClose: closeDialog };
  return (
    <Suspense>
      {asked.what === "transfer" && <TransferDialog {...props} />}
      {asked.what === "merge" && <MergeDialog {...props} />}
      {asked.what === "split" && <SplitDialog {...props} seq={asked.seq} />}
      {asked.what === "link" && <LinkDialog {...props} />}
      {asked.what === "mail" && <MailChatDialog {...props} />}
      {asked.what === "ask" && <AskDialog {...props} />}
      {asked.what === "spot" && <SpotDialog conversation={conversation.id} onClose={closeDialog} />}
    </Suspense>
  );
}
