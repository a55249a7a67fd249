/** Who has the conversation: me, a person, a team, nobody. */

import { ActionIcon, Button, Menu, Text } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconCheck, IconUserOff, IconUserPlus, IconUsersGroup } from "@tabler/icons-react";
import { useState } from "react";
import { keyOf, useCommand } from "../../app/commands";
import { assign, type Assignee } from "../../app/desk/actions";
import { useAgent, useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Face } from "../../ui/Face";
import { KeyTip } from "../../ui/KeyTip";
import { attempt, toastUndo } from "../../ui/toast";
import { AssignPeople } from "./AssignPeople";

export function AssignMenu({ conversation, compact }: { conversation: Conversation; compact: boolean }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const [open, setOpen] = useState(false);
  const may = useMay("conversation.assign");
  const teams = useDeskState((state) => state.tables.teams);
  const holder = useAgent(conversation.assignee_id);
  const team = conversation.team_id === null ? undefined : teams[conversation.team_id];
  useCommand("assign", () => setOpen(true), may);

  const give = (to: Assignee, name: string) => {
    const before = { agent_id: conversation.assignee_id, team_id: conversation.team_id };
    void attempt(words, () => assign(desk, conversation.id, to)).then((done) => {
      if (!done) return;
      const said = to.agent_id ?? to.team_id ? t("done.assigned", { name }) : t("done.unassigned");
      toastUndo(words, said, () => void attempt(words, () => assign(desk, conversation.id, before)));
    });
  };
  const label = holder ? t("assign.label", { name: holder.name }) : t("assign.none");
  return (
    <Menu opened={open} onChange={setOpen} width={270} position="bottom-end">
      <KeyTip label={t("action.assign")} keys={keyOf("assign")}>
        <Menu.Target>
          {compact ? (
            <ActionIcon size={40} aria-label={label} disabled={!may} data-testid="assign">
              {holder ? <Face name={holder.name} url={holder.avatar_url} color={holder.color} size={26} decorative /> : <IconUserPlus size={19} />}
            </ActionIcon>
          ) : (
            <Button
              variant="default"
              size="sm"
              px={10}
              maw={190}
              disabled={!may}
              aria-label={label}
              data-testid="assign"
              leftSection={
                holder ? (
                  <Face name={holder.name} url={holder.avatar_url} color={holder.color} size={20} decorative />
                ) : (
                  <IconUserPlus size={16} aria-hidden="true" />
                )
              }
            >
              <Text fz="sm" truncate>
                {holder?.name ?? team?.name ?? t("assign.none")}
              </Text>
            </Button>
          )}
        </Menu.Target>
      </KeyTip>
      <Menu.Dropdown mah={420} style={{ overflowY: "auto" }}>
        <Menu.Label>{t("assign.people")}</Menu.Label>
        <AssignPeople holder={conversation.assignee_id} onGive={(agent) => give({ agent_id: agent.id, team_id: conversation.team_id }, agent.name)} />
        {Object.values(teams).length > 0 && <Menu.Label>{t("assign.teams")}</Menu.Label>}
        {Object.values(teams).map((each) => (
          <Menu.Item
            key={each.id}
            leftSection={<IconUsersGroup size={18} />}
            rightSection={each.id === conversation.team_id ? <IconCheck size={15} aria-label={t("assign.current")} /> : undefined}
            onClick={() => give({ agent_id: null, team_id: each.id }, each.name)}
          >
            {each.name}
          </Menu.Item>
        ))}
        {(holder ?? team) && (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconUserOff size={18} />}
              onClick={() => give({ agent_id: null, team_id: null }, "")}
              data-testid="assign-nobody"
            >
              {t("assign.nobody")}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
