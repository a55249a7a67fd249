/** People of the shop, and those who are invited. */

import { ActionIcon, Badge, Box, Button, Group, Paper, Select, Stack, Text, Title } from "@mantine/core";
import type { Agent, Role } from "@sonnim/protocol";
import { IconTrash, IconUserMinus, IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../app/api";
import { useNow } from "../../app/clock";
import { useAgent, useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import type { Invitation, Items } from "../../app/types";
import { Confirm } from "../../ui/Confirm";
import { Face } from "../../ui/Face";
import { KeyTip } from "../../ui/KeyTip";
import { Failed, RowSkeletons } from "../../ui/States";
import { attempt } from "../../ui/toast";
import { InviteDialog } from "./InviteDialog";
import { useResource } from "./resource";
import { ROLES, rolesBelow } from "./roles";

export default function AgentsSection() {
  const { t } = useWords();
  const agents = useDeskState((state) => state.tables.agents);
  const invitations = useResource<Items<Invitation>>("/invitations");
  const [inviting, setInviting] = useState(false);
  const people = Object.values(agents).filter((agent) => !agent.removed);
  people.sort((a, b) => ROLES.indexOf(b.role) - ROLES.indexOf(a.role) || a.name.localeCompare(b.name));
  return (
    <Stack gap="xl">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} fz="md">
            {t("agents.title", { count: people.length })}
          </Title>
          <Button leftSection={<IconUserPlus size={16} />} onClick={() => setInviting(true)} data-testid="invite">
            {t("agents.invite")}
          </Button>
        </Group>
        <Paper withBorder radius="lg">
          {people.map((agent) => (
            <AgentRow key={agent.id} agent={agent} />
          ))}
        </Paper>
      </Stack>
      <Stack gap="sm">
        <Title order={2} fz="md">
          {t("agents.invited")}
        </Title>
        {invitations.failed ? (
          <Failed onRetry={invitations.reload} />
        ) : !invitations.data ? (
          <RowSkeletons count={2} />
        ) : (
          <Invitations items={invitations.data.items} onChanged={invitations.reload} />
        )}
      </Stack>
      {inviting && <InviteDialog onClose={() => setInviting(false)} onInvited={invitations.reload} />}
    </Stack>
  );
}

function AgentRow({ agent }: { agent: Agent }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const me = useAgent(useDeskState((state) => state.agentId));
  const manage = useMay("agent.manage");
  const [removing, setRemoving] = useState(false);
  const grantable = me ? rolesBelow(me.role) : [];
  const mayChange = manage && agent.id !== me?.id && grantable.includes(agent.role);
  const change = (role: Role) => void attempt(words, () => api.patch(`${base}/agents/${agent.id}`, { role }));
  return (
    <Group px="md" py={10} gap="sm" wrap="nowrap" data-testid="agent-row">
      <Face name={agent.name} url={agent.avatar_url} color={agent.color} size={36} decorative />
      <Text fw={550} fz="sm" flex={1} miw={0}>
        {agent.id === me?.id ? t("people.me", { name: agent.name }) : agent.name}
      </Text>
      {mayChange ? (
        <Select
          size="xs"
          w={122}
          aria-label={t("agents.roleOf", { name: agent.name })}
          data={grantable.map((value) => ({ value, label: t(`role.${value}`) }))}
          value={agent.role}
          allowDeselect={false}
          onChange={(value) => value && change(value as Role)}
        />
      ) : (
        <Badge color="gray" style={{ flexShrink: 0 }}>
          {t(`role.${agent.role}`)}
        </Badge>
      )}
      <Box w={34} miw={34}>
        {mayChange && (
          <KeyTip label={t("agents.remove")}>
            <ActionIcon aria-label={t("agents.removeName", { name: agent.name })} onClick={() => setRemoving(true)}>
              <IconUserMinus size={18} />
            </ActionIcon>
          </KeyTip>
        )}
      </Box>
      {removing && (
        <Confirm
          title={t("agents.removeName", { name: agent.name })}
          text={t("agents.removeText")}
          action={t("agents.remove")}
          onConfirm={() => attempt(words, () => api.delete(`${base}/agents/${agent.id}`))}
          onClose={() => setRemoving(false)}
        />
      )}
    </Group>
  );
}

function Invitations({ items, onChanged }: { items: Invitation[]; onChanged: () => void }) {
  const words = useWords();
  const { t } = words;
  const format = useFormat();
  const now = useNow(60);
  const { base } = useDesk();
  if (!items.length) {
    return (
      <Text fz="sm" c="dimmed">
        {t("agents.noneInvited")}
      </Text>
    );
  }
  const withdraw = (id: number) =>
    void attempt(words, () => api.delete(`${base}/invitations/${id}`)).then((done) => done && onChanged());
  return (
    <Paper withBorder radius="lg">
      {items.map((each) => (
        <Group key={each.id} px="md" py={10} gap="sm">
          <Box flex={1} miw={160}>
            <Text fz="sm" fw={550}>
              {each.email}
            </Text>
            <Text fz="xs" c="dimmed" title={format.full(each.expires_at)}>
              {t("agents.expires", { time: format.relative(each.expires_at, now) })}
            </Text>
          </Box>
          <Badge color="gray">{t(`role.${each.role}`)}</Badge>
          <KeyTip label={t("agents.withdraw")}>
            <ActionIcon aria-label={t("agents.withdrawName", { email: each.email })} onClick={() => withdraw(each.id)}>
              <IconTrash size={17} />
            </ActionIcon>
          </KeyTip>
        </Group>
      ))}
    </Paper>
  );
}
