/** Where one can go: queues with their counts, people, settings, oneself; a side bar, or a bar below on a phone. */

import { Badge, Box, Divider, Group, Menu, NavLink, Stack, Text, UnstyledButton } from "@mantine/core";
import {
  IconBuildingStore,
  IconChevronDown,
  IconCircleCheck,
  IconClockPause,
  IconHourglassHigh,
  IconInbox,
  IconMessages,
  IconSettings,
  IconUserHeart,
  IconUserQuestion,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";
import type { QueueName } from "@sonnim/protocol";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { MyMenu } from "../features/people/MyMenu";
import { KeyTip } from "../ui/KeyTip";
import { Mark } from "../ui/Mark";
import { useDeskState } from "./desk/context";
import { QUEUES } from "./desk/queues";
import { useFormat } from "./format";
import { useT, type Key } from "./i18n";
import type { Me } from "./types";

export const QUEUE_ICONS: Record<QueueName, TablerIcon> = {
  waiting: IconHourglassHigh,
  unassigned: IconUserQuestion,
  mine: IconUserHeart,
  all: IconMessages,
  snoozed: IconClockPause,
  resolved: IconCircleCheck,
};

export function QueueCount({ queue }: { queue: QueueName }) {
  const format = useFormat();
  const count = useDeskState((state) => state.counts[queue]);
  if (!count) return null;
  const waiting = queue === "waiting";
  return (
    <Badge
      size="sm"
      variant={waiting ? "filled" : "light"}
      color={waiting ? "persimmon" : "gray"}
      data-testid={`count-${queue}`}
      style={{ fontVariantNumeric: "tabular-nums", flexShrink: 0 }}
    >
      {format.number(count)}
    </Badge>
  );
}

interface PlaceProps {
  to: string;
  label: string;
  icon: TablerIcon;
  active: boolean;
  slim: boolean;
  testid?: string;
  right?: ReactNode;
}

function Place({ to, label, icon: Icon, active, slim, testid, right }: PlaceProps) {
  const link = (
    <NavLink
      component={Link}
      to={to}
      active={active}
      aria-current={active ? "page" : undefined}
      aria-label={slim ? label : undefined}
      label={slim ? undefined : label}
      leftSection={<Icon size={slim ? 21 : 18} stroke={1.7} aria-hidden="true" />}
      rightSection={slim ? undefined : right}
      data-testid={testid}
      fw={active ? 600 : 450}
      bdrs="md"
      py={7}
      px={slim ? 11 : 10}
    />
  );
  if (!slim) return link;
  return (
    <KeyTip label={label}>
      <Box pos="relative">
        {link}
        {right && (
          <Box pos="absolute" top={-3} right={-5} style={{ pointerEvents: "none" }}>
            {right}
          </Box>
        )}
      </Box>
    </KeyTip>
  );
}

interface SideProps {
  me: Me;
  shopId: number;
  onShop: (id: number) => void;
  slim: boolean;
}

export function SideBar({ me, shopId, onShop, slim }: SideProps) {
  const t = useT();
  const [path] = useLocation();
  const configure = useDeskState((state) => state.permissions.some((each) => SETTINGS_PERMISSIONS.includes(each)));
  return (
    <Stack
      component="nav"
      aria-label={t("nav.label")}
      w={slim ? 68 : 220}
      miw={slim ? 68 : 220}
      p={slim ? 12 : "sm"}
      gap={2}
      bg="var(--sonnim-sunken)"
      style={{ borderInlineEnd: "1px solid var(--sonnim-line)", overflowY: "auto" }}
    >
      <ShopSwitch me={me} shopId={shopId} onShop={onShop} slim={slim} />
      {QUEUES.map((queue) => (
        <Place
          key={queue}
          to={`/inbox/${queue}`}
          label={t(`queue.${queue}`)}
          icon={QUEUE_ICONS[queue]}
          active={path.startsWith(`/inbox/${queue}`)}
          slim={slim}
          testid={`queue-${queue}`}
          right={slim && queue !== "waiting" ? undefined : <QueueCount queue={queue} />}
        />
      ))}
      <Divider my={8} color="var(--sonnim-line)" />
      <Place to="/people" label={t("nav.people")} icon={IconUsers} active={path === "/people"} slim={slim} testid="nav-people" />
      {configure && (
        <Place
          to="/settings"
          label={t("nav.settings")}
          icon={IconSettings}
          active={path.startsWith("/settings")}
          slim={slim}
          testid="nav-settings"
        />
      )}
      <Box flex={1} />
      <MyMenu me={me} slim={slim} />
    </Stack>
  );
}

export const SETTINGS_PERMISSIONS = ["shop.configure", "agent.invite", "agent.manage", "team.manage", "token.manage", "audit.read"];

function ShopSwitch({ me, shopId, onShop, slim }: SideProps) {
  const t = useT();
  const name = useDeskState((state) => state.shop.name) || me.shops.find((shop) => shop.id === shopId)?.name;
  const several = me.shops.length > 1;
  const face = (
    <Group gap={10} wrap="nowrap" px={slim ? 6 : 6} py={8} mb={6}>
      <Mark size={32} />
      {!slim && (
        <Text fw={650} truncate flex={1} title={name}>
          {name ?? "Sonnim"}
        </Text>
      )}
      {several && !slim && <IconChevronDown size={16} aria-hidden="true" />}
    </Group>
  );
  if (!several) return face;
  return (
    <Menu width={220} position="bottom-start">
      <Menu.Target>
        <UnstyledButton aria-label={t("nav.shops")} bdrs="md">
          {face}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {me.shops.map((shop) => (
          <Menu.Item key={shop.id} leftSection={<IconBuildingStore size={16} />} onClick={() => onShop(shop.id)}>
            {shop.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const TABS: { to: string; start: string; key: Key; icon: TablerIcon }[] = [
  { to: "/inbox/waiting", start: "/inbox", key: "nav.inbox", icon: IconInbox },
  { to: "/people", start: "/people", key: "nav.people", icon: IconUsers },
];

export function BottomBar({ me }: { me: Me }) {
  const t = useT();
  const [path] = useLocation();
  // An open conversation needs the height; its back arrow leads here again.
  if (/^\/inbox\/\w+\/\d+/.test(path)) return null;
  return (
    <Group
      component="nav"
      aria-label={t("nav.label")}
      grow
      gap={0}
      bg="var(--sonnim-sunken)"
      style={{ borderTop: "1px solid var(--sonnim-line)", paddingBottom: "env(safe-area-inset-bottom)" }}
    >
      {TABS.map(({ to, start, key, icon: Icon }) => (
        <UnstyledButton
          key={to}
          component={Link}
          to={to}
          py={8}
          c={path.startsWith(start) ? "var(--sonnim-accent)" : "dimmed"}
          aria-current={path.startsWith(start) ? "page" : undefined}
        >
          <Stack gap={2} align="center">
            <Icon size={22} stroke={1.7} aria-hidden="true" />
            <Text fz={11} fw={550}>
              {t(key)}
            </Text>
          </Stack>
        </UnstyledButton>
      ))}
      <MyMenu me={me} slim phone />
    </Group>
  );
}
