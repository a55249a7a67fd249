/** My face: whether I am available, my account, the keys, signing out. */

import { Box, Group, Menu, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconKeyboard, IconLogout, IconMoon, IconSettings, IconUserCircle } from "@tabler/icons-react";
import { Link } from "wouter";
import { api } from "../../app/api";
import { useAgent, useDesk, useDeskState } from "../../app/desk/context";
import { withChange } from "../../app/desk/state";
import { useT, useWords } from "../../app/i18n";
import { signOut } from "../../app/session";
import { SETTINGS_PERMISSIONS } from "../../app/navigation";
import type { Me } from "../../app/types";
import { Face } from "../../ui/Face";
import { attempt } from "../../ui/toast";
import { showKeys } from "../inbox/keys";
import type { Availability } from "@sonnim/protocol";

interface Props {
  me: Me;
  slim: boolean;
  phone?: boolean;
}

export function useAvailability(): { availability: Availability; change: (to: Availability) => void } {
  const words = useWords();
  const desk = useDesk();
  const agentId = useDeskState((state) => state.agentId);
  const agent = useAgent(agentId);
  const availability = agent?.availability ?? "online";
  const change = (to: Availability) => {
    if (!agent) return;
    const show = (value: Availability) =>
      desk.store.set((state) => {
        const now = state.tables.agents[agentId];
        return now ? withChange(state, { put: { agents: { [agentId]: { ...now, availability: value } } } }) : state;
      });
    show(to);
    void attempt(words, () => api.put(`${desk.base}/agents/me/availability`, { availability: to })).then(
      (done) => done || show(availability),
    );
  };
  return { availability, change };
}

export function MyMenu({ me, slim, phone = false }: Props) {
  const t = useT();
  const words = useWords();
  const agent = useAgent(useDeskState((state) => state.agentId));
  const configure = useDeskState((state) => state.permissions.some((each) => SETTINGS_PERMISSIONS.includes(each)));
  const { availability, change } = useAvailability();
  const name = agent?.name || me.user.name || me.user.email;
  const face = (
    <Face name={name} url={agent?.avatar_url} color={agent?.color} presence={availability} size={phone ? 26 : 34} decorative />
  );
  return (
    <Menu width={230} position={phone ? "top-end" : "right-end"}>
      <Menu.Target>
        <UnstyledButton aria-label={slim ? t("me.menu", { name }) : undefined} data-testid="my-menu" bdrs="md" p={phone ? 8 : 6}>
          {phone ? (
            <Stack gap={1} align="center">
              {face}
              <Text fz={11} c="dimmed" fw={550}>
                {t("nav.me")}
              </Text>
            </Stack>
          ) : (
            <Group gap={10} wrap="nowrap">
              {face}
              {!slim && (
                <Box miw={0}>
                  <Text fz="sm" fw={600} truncate>
                    {name}
                  </Text>
                  <Text fz="xs" c="dimmed">
                    {t(`presence.${availability}`)}
                  </Text>
                </Box>
              )}
            </Group>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.user.email}</Menu.Label>
        {availability === "online" ? (
          <Menu.Item leftSection={<IconMoon size={16} />} onClick={() => change("away")} data-testid="availability">
            {t("me.goAway")}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconUserCircle size={16} />} onClick={() => change("online")} data-testid="availability">
            {t("me.comeBack")}
          </Menu.Item>
        )}
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCircle size={16} />} data-testid="nav-account">
          {t("me.account")}
        </Menu.Item>
        {phone && configure && (
          <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={16} />}>
            {t("nav.settings")}
          </Menu.Item>
        )}
        {!phone && (
          <Menu.Item leftSection={<IconKeyboard size={16} />} rightSection={<Text fz="xs">?</Text>} onClick={showKeys}>
            {t("keys.title")}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => void attempt(words, signOut)}
          data-testid="sign-out"
        >
          {t("me.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
