/** Teams: who works together. */

import { ActionIcon, Button, Group, MultiSelect, Paper, Stack, Text, TextInput } from "@mantine/core";
import type { Team } from "@sonnim/protocol";
import { IconPencil, IconPlus, IconTrash, IconUsersGroup } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Confirm } from "../../ui/Confirm";
import { Face } from "../../ui/Face";
import { FormDialog } from "../../ui/FormDialog";
import { Empty } from "../../ui/States";
import { attempt } from "../../ui/toast";

export default function TeamsSection() {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const teams = useDeskState((state) => state.tables.teams);
  const agents = useDeskState((state) => state.tables.agents);
  const [editing, setEditing] = useState<Team | "new" | null>(null);
  const [removing, setRemoving] = useState<Team | null>(null);
  const list = Object.values(teams).sort((a, b) => a.name.localeCompare(b.name));
  return (
    <Stack gap="sm">
      <Group>
        <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")} data-testid="new-team">
          {t("teams.new")}
        </Button>
      </Group>
      {!list.length && (
        <Empty icon={<IconUsersGroup size={26} stroke={1.6} />} title={t("teams.none")}>
          {t("teams.noneHint")}
        </Empty>
      )}
      {list.map((team) => (
        <Paper key={team.id} withBorder radius="lg" px="md" py="sm" data-testid="team">
          <Group justify="space-between" wrap="nowrap">
            <Text fw={600}>{team.name}</Text>
            <Group gap={4} wrap="nowrap">
              <ActionIcon aria-label={t("teams.edit", { name: team.name })} onClick={() => setEditing(team)}>
                <IconPencil size={17} />
              </ActionIcon>
              <ActionIcon aria-label={t("teams.deleteName", { name: team.name })} onClick={() => setRemoving(team)}>
                <IconTrash size={17} />
              </ActionIcon>
            </Group>
          </Group>
          <Group gap="md" mt={6}>
            {team.agent_ids.map((id) => {
              const agent = agents[id];
              return agent && !agent.removed ? (
                <Group key={id} gap={6}>
                  <Face name={agent.name} url={agent.avatar_url} color={agent.color} size={24} decorative />
                  <Text fz="sm">{agent.name}</Text>
                </Group>
              ) : null;
            })}
            {!team.agent_ids.length && (
              <Text fz="sm" c="dimmed">
                {t("teams.empty")}
              </Text>
            )}
          </Group>
        </Paper>
      ))}
      {editing && <TeamDialog team={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
      {removing && (
        <Confirm
          title={t("teams.deleteName", { name: removing.name })}
          text={t("teams.deleteText")}
          action={t("teams.delete")}
          onConfirm={() => attempt(words, () => api.delete(`${base}/teams/${removing.id}`))}
          onClose={() => setRemoving(null)}
        />
      )}
    </Stack>
  );
}

function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const { t } = useWords();
  const { base } = useDesk();
  const agents = useDeskState((state) => state.tables.agents);
  const [name, setName] = useState(team?.name ?? "");
  const [members, setMembers] = useState(team?.agent_ids.map(String) ?? []);
  const save = async () => {
    const body = { name, agent_ids: members.map(Number) };
    await (team ? api.patch(`${base}/teams/${team.id}`, body) : api.post(`${base}/teams`, body));
    onClose();
  };
  const people = Object.values(agents).filter((agent) => !agent.removed);
  return (
    <FormDialog name="team" title={team ? t("teams.edit", { name: team.name }) : t("teams.new")} onClose={onClose} onSave={save}>
      <TextInput
        label={t("teams.name")}
        required
        withAsterisk={false}
        maxLength={80}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-testid="team-name"
      />
      <MultiSelect
        label={t("teams.members")}
        data={people.map((agent) => ({ value: String(agent.id), label: agent.name }))}
        value={members}
        onChange={setMembers}
        searchable
        nothingFoundMessage={t("list.noMatch")}
      />
    </FormDialog>
  );
}
