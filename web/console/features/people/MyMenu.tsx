/** My face: whether I am available, my account, the keys, signing out. */

import { Box, Group, Menu, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconActivityHeartbeat, IconDownload, IconKeyboard, IconLogout, IconNotebook, IconRosette, IconSettings, IconUserCircle, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import { keyOf, run, useCommand } from "../../app/commands";
import { useAgent, useDeskState } from "../../app/desk/context";
import { useT, useWords } from "../../app/i18n";
import { signOut } from "../../app/session";
import { useStore } from "../../app/store";
import { install, installOffer } from "../../app/worker";
import type { Me } from "../../app/types";
import { Face } from "../../ui/Face";
import { Keys } from "../../ui/KeyTip";
import { attempt } from "../../ui/toast";
import { OtherReason, StateItems } from "../routing/StateItems";
import { stateText } from "../routing/standing";
import { useMyState } from "../routing/useMyState";

interface Props {
  me: Me;
  slim: boolean;
  phone?: boolean;
}

export function MyMenu({ me, slim, phone = false }: Props) {
  const t = useT();
  const words = useWords();
  const agent = useAgent(useDeskState((state) => state.agentId));
  const { availability, standing, change } = useMyState();
  const [other, setOther] = useState(false);
  const name = agent?.name || me.user.name || me.user.email;
  useCommand("away", () => change(availability === "online" ? "away" : "online"));
  const offer = useStore(installOffer, (each) => each);
  useCommand("install", () => void install(), offer !== null);
  useCommand("signOut", () => void attempt(words, signOut));
  const face = (
    <Face name={name} url={agent?.avatar_url} color={agent?.color} presence={standing.presence} size={phone ? 26 : 34} decorative />
  );
  return (
    <>
      <Menu width={230} position={phone ? "top-end" : "right-end"}>
      <Menu.Target>
        <UnstyledButton aria-label={slim && !phone ? t("me.menu", { name }) : undefined} data-testid="my-menu" bdrs="md" p={phone ? 8 : 6}>
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
                    {stateText(words, standing)}
                  </Text>
                </Box>
              )}
            </Group>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.user.email}</Menu.Label>
        <StateItems state={availability === "online" ? "online" : standing.presence} change={change} onOther={() => setOther(true)} />
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCircle size={16} />} data-testid="nav-account">
          {t("me.account")}
        </Menu.Item>
        {phone && (
          <Menu.Item component={Link} to="/board" leftSection={<IconActivityHeartbeat size={16} />} data-testid="menu-board">
            {t("board.title")}
          </Menu.Item>
        )}
        {phone && (
          <Menu.Item component={Link} to="/quality" leftSection={<IconRosette size={16} />} data-testid="menu-quality">
            {t("nav.quality")}
          </Menu.Item>
        )}
        {phone && (
          <Menu.Item component={Link} to="/people" leftSection={<IconUsers size={16} />}>
            {t("nav.people")}
          </Menu.Item>
        )}
        {phone && (
          <Menu.Item component={Link} to="/plan" leftSection={<IconNotebook size={16} />}>
            {t("nav.plan")}
          </Menu.Item>
        )}
        {phone && (
          <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={16} />}>
            {t("nav.settings")}
          </Menu.Item>
        )}
        {!phone && (
          <Menu.Item leftSection={<IconKeyboard size={16} />} rightSection={<Keys keys={keyOf("keys")} />} onClick={() => run("keys")}>
            {t("keys.title")}
          </Menu.Item>
        )}
        {offer && (
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => void install()} data-testid="install">
            {t("keys.install")}
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
    {other && <OtherReason change={change} onClose={() => setOther(false)} />}
    </>
  );
}
