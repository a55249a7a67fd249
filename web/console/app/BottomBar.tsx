/** Where one can go, on a phone. */

import { Group, Indicator, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconActivityHeartbeat, IconAddressBook, IconBell, IconGavel, IconHeartHandshake, IconInbox, IconSearch, type TablerIcon } from "@tabler/icons-react";
import { Link, useLocation } from "wouter";
import { useDecides } from "../features/decisions/DecisionCount";
import { useUnseen } from "../features/notifications/Bell";
import { mine as promised } from "../features/promises/promises";
import { MyMenu } from "../features/people/MyMenu";
import { mine } from "../features/together/deciding";
import { useDeskState } from "./desk/context";
import { useT, type Key } from "./i18n";
import type { Me } from "./types";

const TABS: { to: string; start: string; key: Key; icon: TablerIcon }[] = [
  { to: "/inbox/waiting", start: "/inbox", key: "nav.inbox", icon: IconInbox },
  { to: "/contacts", start: "/contacts", key: "nav.contacts", icon: IconAddressBook },
  { to: "/search", start: "/search", key: "nav.search", icon: IconSearch },
  { to: "/notifications", start: "/notifications", key: "nav.notices", icon: IconBell },
];

const DECISIONS = { to: "/decisions", start: "/decisions", key: "nav.decisionsShort" as Key, icon: IconGavel };

const PROMISES = { to: "/promises", start: "/promises", key: "nav.promises" as Key, icon: IconHeartHandshake };

const BOARD = { to: "/board", start: "/board", key: "nav.board" as Key, icon: IconActivityHeartbeat };

/** With one's face, as many as thumbs can tell apart; what does not fit stands in the menu behind it. */
const MOST = 6;

export function BottomBar({ me }: { me: Me }) {
  const t = useT();
  const waiting = useDeskState((state) => mine(state).length > 0);
  const keeps = useDeskState((state) => promised(state).length > 0);
  const [path] = useLocation();
  const unseen = useUnseen();
  const deciding = useDecides() && (waiting || path === "/decisions");
  // An open conversation needs the height; its back arrow leads here again.
  if (/^\/inbox\/[\w-]+\/\d+/.test(path)) return null;
  const tabs = [...TABS, ...(deciding ? [DECISIONS] : []), ...(keeps || path === "/promises" ? [PROMISES] : [])];
  const board = tabs.length < MOST - 1;
  return (
    <Group
      component="nav"
      aria-label={t("nav.label")}
      grow
      gap={0}
      bg="var(--sonnim-sunken)"
      style={{ borderTop: "1px solid var(--sonnim-line)", paddingBottom: "env(safe-area-inset-bottom)" }}
    >
      {[...tabs, ...(board ? [BOARD] : [])].map(({ to, start, key, icon: Icon }) => (
        <UnstyledButton
          key={to}
          component={Link}
          to={to}
          py={8}
          c={path.startsWith(start) ? "var(--sonnim-accent)" : "dimmed"}
          aria-current={path.startsWith(start) ? "page" : undefined}
        >
          <Stack gap={2} align="center">
            <Indicator disabled={to !== "/notifications" || !unseen} color="celadon" size={9} offset={2}>
              <Icon size={22} stroke={1.7} aria-hidden="true" />
            </Indicator>
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
