/** "Please mail me that": the chat and its files, with some words on top. */

import { Alert, Textarea, TextInput } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { useRef, useState } from "react";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { attempt, toastDone, toastUndo } from "../../ui/toast";
import { Frame } from "../together/Frame";
import { isAddress } from "./addressing";
import { mailChat, withdraw } from "./mailChat";
import { useSenders } from "./senders";

interface Props {
  conversation: Conversation;
  onClose: () => void;
}

export default function MailChatDialog({ conversation, onClose }: Props) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const senders = useSenders();
  const known = useDeskState((state) => state.tables.contacts[conversation.contact_id]?.email ?? "");
  const [address, setAddress] = useState(known);
  const [said, setSaid] = useState("");
  const id = useRef(crypto.randomUUID());
  const mailed = useRef(0);
  const undo = () =>
    void attempt(words, () => withdraw(base, mailed.current)).then((done) => done && toastDone(t("mailChat.undone")));
  return (
    <Frame
      title={t("mailChat.title")}
      text={t("mailChat.text")}
      action={t("mailChat.act")}
      ready={isAddress(address.trim()) && senders !== null && senders.length > 0}
      testid="mail-chat"
      onAct={async () => {
        const wanted = { client_id: id.current, address: address.trim(), words: said.trim() };
        mailed.current = (await mailChat(base, conversation.id, wanted)).id;
      }}
      onDone={() => toastUndo(words, t("mailChat.done", { address: address.trim() }), undo)}
      onClose={onClose}
    >
      {senders?.length === 0 && <Alert color="orange">{t("newLetter.noMailbox")}</Alert>}
      <TextInput
        label={t("mailChat.address")}
        type="email"
        value={address}
        maxLength={254}
        onChange={(event) => setAddress(event.currentTarget.value)}
        data-autofocus
        data-testid="mail-chat-address"
      />
      <Textarea
        label={t("mailChat.words")}
        description={t("mailChat.wordsHint")}
        autosize
        minRows={3}
        maxRows={10}
        value={said}
        maxLength={20_000}
        onChange={(event) => setSaid(event.currentTarget.value)}
        data-testid="mail-chat-words"
      />
    </Frame>
  );
}
