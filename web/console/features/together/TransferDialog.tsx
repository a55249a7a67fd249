/** Handing over with a note, in one go. */

import { Select, Textarea } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { useState } from "react";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { toastDone } from "../../ui/toast";
import { useNearest } from "../routing/useColleague";
import { transfer } from "./actions";
import { Frame } from "./Frame";

interface Props {
  conversation: Conversation;
  onClose: () => void;
}

export default function TransferDialog({ conversation, onClose }: Props) {
  const t = useT();
  const desk = useDesk();
  const me = useDeskState((state) => state.agentId);
  const agents = useDeskState((state) => state.tables.agents);
  const teams = useDeskState((state) => state.tables.teams);
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const others = Object.values(agents).filter((agent) => !agent.removed && agent.id !== me && agent.id !== conversation.assignee_id);
  const people = useNearest(others).map(({ agent, stands }) => ({ value: `a${agent.id}`, label: `${agent.name} · ${stands.text}` }));
  const groups = Object.values(teams).map((team) => ({ value: `t${team.id}`, label: team.name }));
  const data = [
    { group: t("transfer.people"), items: people },
    { group: t("transfer.teams"), items: groups },
  ].filter(({ items }) => items.length > 0);
  const id = Number(to?.slice(1));
  const agent_id = to?.startsWith("a") ? id : null;
  const team_id = to?.startsWith("t") ? id : agent_id === null ? null : conversation.team_id;
  const name = (agent_id === null ? teams[team_id ?? 0]?.name : agents[agent_id]?.name) ?? "";
  return (
    <Frame
      title={t("transfer.title")}
      action={t("transfer.send")}
      ready={to !== null}
      testid="transfer"
      onAct={() => transfer(desk, conversation.id, { agent_id, team_id, note })}
      onDone={() => toastDone(t("done.assigned", { name }))}
      onClose={onClose}
    >
      <Select
        label={t("transfer.to")}
        data={data}
        value={to}
        onChange={setTo}
        searchable
        data-autofocus
        nothingFoundMessage={t("transfer.none")}
        placeholder={t(data.length ? "transfer.choose" : "transfer.none")}
        data-testid="transfer-to"
      />
      <Textarea
        label={t("transfer.note")}
        description={t("transfer.noteHint")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={20_000}
        dir="auto"
        data-testid="transfer-note"
      />
    </Frame>
  );
}
