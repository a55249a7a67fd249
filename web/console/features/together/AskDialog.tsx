/** A question to somebody who may decide: a colleague, or whoever holds a role; with a deadline. */

import { Select, Textarea } from "@mantine/core";
import type { Conversation, Role } from "@sonnim/protocol";
import { useState } from "react";
import { serverNow } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { toastDone } from "../../ui/toast";
import { ask } from "./actions";
import { Frame } from "./Frame";

const DECIDERS = ["lead", "admin", "owner"] as const;
const WITHIN = { none: 0, m15: 15, h1: 60, h4: 240, d1: 1_440 } as const;
type Within = keyof typeof WITHIN;

interface Props {
  conversation: Conversation;
  onClose: () => void;
}

export default function AskDialog({ conversation, onClose }: Props) {
  const t = useT();
  const desk = useDesk();
  const me = useDeskState((state) => state.agentId);
  const agents = useDeskState((state) => state.tables.agents);
  const [to, setTo] = useState<string | null>("lead");
  const [within, setWithin] = useState<Within>("h1");
  const [text, setText] = useState("");
  const people = Object.values(agents).filter((agent) => !agent.removed && agent.id !== me);
  const data = [
    { group: t("ask.roles"), items: DECIDERS.map((role) => ({ value: role as string, label: t(`ask.role.${role}`) })) },
    { group: t("ask.people"), items: people.map((agent) => ({ value: String(agent.id), label: agent.name })) },
  ].filter(({ items }) => items.length > 0);
  const question = () => ({
    text,
    ...(Number(to) ? { to_agent_id: Number(to) } : { to_role: to as Role }),
    ...(WITHIN[within] ? { due_at: new Date(serverNow() + WITHIN[within] * 60_000).toISOString() } : {}),
  });
  return (
    <Frame
      title={t("ask.title")}
      action={t("ask.send")}
      ready={to !== null && text.trim() !== ""}
      testid="ask"
      onAct={() => ask(desk, conversation.id, question())}
      onDone={() => toastDone(t("done.asked"))}
      onClose={onClose}
    >
      <Textarea
        label={t("ask.question")}
        placeholder={t("ask.questionHint")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2_000}
        dir="auto"
        data-autofocus
        data-testid="ask-text"
      />
      <Select label={t("ask.to")} data={data} value={to} onChange={setTo} searchable allowDeselect={false} data-testid="ask-to" />
      <Select
        label={t("ask.due")}
        data={(Object.keys(WITHIN) as Within[]).map((each) => ({ value: each, label: t(`ask.due.${each}`) }))}
        value={within}
        onChange={(value) => setWithin((value as Within | null) ?? "none")}
        allowDeselect={false}
        data-testid="ask-due"
      />
    </Frame>
  );
}
