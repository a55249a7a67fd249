/** Where one can go: queues with their counts, people, settings, oneself. On a phone it is the bar below. */

import { Badge, Box, Divider, Group, Menu, NavLink, Stack, Text, UnstyledButton } from "@mantine/core";
import {
  IconActivityHeartbeat,
  IconAddressBook,
  IconBuildingStore,
  IconChevronDown,
  IconAt,
  IconCircleCheck,
  IconGavel,
  IconClockPause,
  IconHeartHandshake,
  IconHourglassHigh,
  IconHourglassLow,
  IconMessages,
  IconNotebook,
  IconRosette,
  IconShieldX,
  IconSearch,
  IconSettings,
  IconUserHeart,
  IconUserQuestion,
  IconUsers,
  IconUsersGroup,
  type TablerIcon,
} from "@tabler/icons-react";
import type { QueueName } from "@sonnim/protocol";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { Bell } from "../features/notifications/Bell";
import { DecisionCount, useDecides } from "../features/decisions/DecisionCount";
import { PromiseCount, usePromisesPlace } from "../features/promises/PromiseCount";
import { MyMenu } from "../features/people/MyMenu";
import { HeldCount } from "../features/settings/quarantine/HeldCount";
import { ViewsNav } from "../features/views/ViewsNav";
import { KeyTip } from "../ui/KeyTip";
import { Mark } from "../ui/Mark";
import { useDeskState } from "./desk/context";
import { QUEUES } from "./desk/queues";
import { useFormat } from "./format";
import { useT } from "./i18n";
import type { Me } from "./types";

export const QUEUE_ICONS: Record<QueueName, TablerIcon> = {
  waiting: IconHourglassHigh,
  waiting_all: IconHourglassLow,
  unassigned: IconUserQuestion,
  mine: IconUserHeart,
  team: IconUsersGroup,
  mentioned: IconAt,
  all: IconMessages,
  snoozed: IconClockPause,
  resolved: IconCircleCheck,
  spam: IconShieldX,
};

export function QueueCount({ queue }: { queue: QueueName }) {
  const format = useFormat();
  const count = useDeskState((state) => state.counts[queue]);
  if (!count) return null;
  const waiting = queue === "waiting" || queue === "waiting_all";
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

export function Place({ to, label, icon: Icon, active, slim, testid, right }: PlaceProps) {
  const link = (
    <NavLink
      component={Link}
      to={to}
      active={active}
      aria-current={active ? "page" : undefined}
      aria-label={slim ? label : undefined}
      label={slim ? undefined : label}
      noWrap
      leftSection={<Icon size={slim ? 21 : 18} stroke={1.7} aria-hidden="true" />}
      rightSection={slim ? undefined : right}
      data-testid={testid}
      fw={active ? 600 : 450}
      bdrs="md"
      py={slim ? 7 : 3}
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
  const decides = useDecides();
  usePromisesPlace();
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
      <Place to="/search" label={t("nav.search")} icon={IconSearch} active={path.startsWith("/search")} slim={slim} testid="nav-search" />
      {QUEUES.map((queue) => (
        <Place
          key={queue}
          to={`/inbox/${queue}`}
          label={t(`queue.${queue}`)}
          icon={QUEUE_ICONS[queue]}
          active={(path.split("/")[2] ?? "") === queue || (queue === "waiting" && path.startsWith("/inbox/waiting_all"))}
          slim={slim}
          testid={`queue-${queue}`}
          right={slim && queue !== "waiting" ? undefined : <QueueCount queue={queue} />}
        />
      ))}
      <ViewsNav slim={slim} />
      <Divider my={8} color="var(--sonnim-line)" />
      {decides && (
        <Place
          to="/decisions"
          label={t("nav.decisions")}
          icon={IconGavel}
          active={path === "/decisions"}
          slim={slim}
          testid="nav-decisions"
          right={<DecisionCount />}
        />
      )}
      <Place
        to="/promises"
        label={t("nav.promises")}
        icon={IconHeartHandshake}
        active={path === "/promises"}
        slim={slim}
        testid="nav-promises"
        right={<PromiseCount />}
      />
      <Place to="/board" label={t("board.title")} icon={IconActivityHeartbeat} active={path === "/board"} slim={slim} testid="nav-board" />
      <Place to="/quality" label={t("nav.quality")} icon={IconRosette} active={path === "/quality"} slim={slim} testid="nav-quality" />
      <Place to="/contacts" label={t("nav.contacts")} icon={IconAddressBook} active={path.startsWith("/contacts")} slim={slim} testid="nav-contacts" />
      <Place to="/plan" label={t("nav.plan")} icon={IconNotebook} active={path.startsWith("/plan")} slim={slim} testid="nav-plan" />
      <Place to="/people" label={t("nav.people")} icon={IconUsers} active={path === "/people"} slim={slim} testid="nav-people" />
      <Place
        to="/settings"
        label={t("nav.settings")}
        icon={IconSettings}
        active={path.startsWith("/settings")}
        slim={slim}
        testid="nav-settings"
        right={<HeldCount />}
      />
      <Box flex={1} />
      <Stack gap={2} pos="sticky" bottom={-12} mb={-12} pb={12} bg="var(--sonnim-sunken)">
        <Bell slim={slim} />
        <MyMenu me={me} slim={slim} />
      </Stack>
    </Stack>
  );
}

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
