/** Everybody's seat: where they stand, what they have, what they can. */

import { ActionIcon, Badge, Group, NumberInput, Stack, Table, TagsInput, Text } from "@mantine/core";
import type { Agent, RoutingRules, Seat } from "@sonnim/protocol";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../../app/api";
import { useDesk, useDeskState } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import { Face } from "../../../ui/Face";
import { FormDialog } from "../../../ui/FormDialog";
import { standingOf, stateText } from "../../routing/standing";
import { livingTags } from "../../tags/Tags";

export function Seats({ rules }: { rules: RoutingRules }) {
  const words = useWords();
  const { t } = words;
  const { agents, seats, counts } = useDeskState((state) => state.tables);
  const presence = useDeskState((state) => state.agentPresence);
  const [editing, setEditing] = useState<Agent | null>(null);
  const present = Object.values(agents)
    .filter((agent) => !agent.removed)
    .sort((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      <Table.ScrollContainer minWidth={620}>
        <Table verticalSpacing="xs" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("routing.agent")}</Table.Th>
              <Table.Th>{t("routing.state")}</Table.Th>
              <Table.Th ta="right">{t("routing.chats")}</Table.Th>
              <Table.Th ta="right">{t("routing.mails")}</Table.Th>
              <Table.Th>{t("routing.skills")}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {present.map((agent) => {
              const seat = seats[agent.id];
              const standing = standingOf(agent, seat, presence[agent.id] ?? "offline");
              const letters = counts[`letters:${agent.id}`]?.n ?? 0;
              const live = (counts[`mine:${agent.id}`]?.n ?? 0) - letters;
              return (
                <Table.Tr key={agent.id} data-testid="seat" data-presence={standing.presence}>
                  <Table.Td>
                    <Group gap={8} wrap="nowrap">
                      <Face name={agent.name} url={agent.avatar_url} color={agent.color} presence={standing.presence} size={28} decorative />
                      <Text fz="sm" fw={550} truncate>
                        {agent.name}
                      </Text>
                    </Group>
                  </Table.Td>
                  <Table.Td>
                    <Text fz="sm">{stateText(words, standing)}</Text>
                  </Table.Td>
                  <Table.Td ta="right">{t("routing.load", { held: live, most: seat?.live ?? rules.live })}</Table.Td>
                  <Table.Td ta="right">{t("routing.load", { held: letters, most: seat?.letters ?? rules.letters })}</Table.Td>
                  <Table.Td>
                    <Group gap={4}>
                      {seat?.skills.map((skill) => (
                        <Badge key={skill} color="gray" tt="none">
                          {skill}
                        </Badge>
                      ))}
                    </Group>
                  </Table.Td>
                  <Table.Td>
                    <ActionIcon aria-label={t("routing.editSeat", { name: agent.name })} onClick={() => setEditing(agent)} data-testid="edit-seat">
                      <IconPencil size={17} />
                    </ActionIcon>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {editing && <SeatDialog agent={editing} seat={seats[editing.id]} rules={rules} onClose={() => setEditing(null)} />}
    </>
  );
}

interface DialogProps {
  agent: Agent;
  seat: Seat | undefined;
  rules: RoutingRules;
  onClose: () => void;
}

function SeatDialog({ agent, seat, rules, onClose }: DialogProps) {
  const { t } = useWords();
  const { base } = useDesk();
  const tags = useDeskState((state) => livingTags(state.tables.tags));
  const [skills, setSkills] = useState(seat?.skills ?? []);
  const [numbers, setNumbers] = useState({ live: seat?.live ?? null, letters: seat?.letters ?? null });
  const save = async () => {
    await api.put(`${base}/seats/${agent.id}`, { skills, ...numbers });
    onClose();
  };
  return (
    <FormDialog name="seat" title={t("routing.editSeat", { name: agent.name })} onClose={onClose} onSave={save}>
      <Stack gap="sm">
        <TagsInput
          label={t("routing.skills")}
          description={t("routing.skillsHint")}
          maxTags={30}
          maxLength={40}
          data={tags.map((tag) => tag.name.toLowerCase())}
          value={skills}
          onChange={setSkills}
          data-testid="seat-skills"
        />
        {(["live", "letters"] as const).map((name) => (
          <NumberInput
            key={name}
            label={t(`routing.${name}`)}
            placeholder={t("routing.asRules", { most: rules[name] })}
            min={0}
            max={500}
            allowDecimal={false}
            value={numbers[name] ?? ""}
            onChange={(value) => setNumbers((now) => ({ ...now, [name]: value === "" ? null : Number(value) }))}
            data-testid={`seat-${name}`}
          />
        ))}
      </Stack>
    </FormDialog>
  );
}
