/** The bell: how many things I have not looked at, and the list behind it. */

import { Badge, Box, Center, Group, Indicator, Loader, NavLink, Popover, ScrollArea, Text } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { keyOf, useCommand } from "../../app/commands";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { Keys } from "../../ui/KeyTip";
import { markSeen } from "./list";

const NoticeList = lazy(() => import("./NoticeList").then((module) => ({ default: module.NoticeList })));
const NoticesHead = lazy(() => import("./NoticesPage").then((module) => ({ default: module.NoticesHead })));

export function useUnseen(): number {
  return useDeskState((state) => Object.keys(state.tables.notifications).length);
}

/** What is said of a conversation has been seen once that conversation is in front of somebody. */
export function useSeenWithConversation(): void {
  const desk = useDesk();
  const [path] = useLocation();
  const open = Number(/^\/inbox\/[^/]+\/(\d+)/.exec(path)?.[1] ?? 0);
  const any = useDeskState((state) =>
    Object.values(state.tables.notifications).some((notice) => notice.conversation_id === open),
  );
  useEffect(() => {
    if (!any) return undefined;
    const look = () => {
      if (document.visibilityState !== "visible" || !document.hasFocus()) return;
      void markSeen(desk, { conversation_id: open }).catch(() => undefined); // the next snapshot has them again
    };
    look();
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [any, desk, open]);
}

export function Bell({ slim }: { slim: boolean }) {
  const t = useT();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const unseen = useUnseen();
  useCommand("go.notices", () => setOpen(true));
  const count = unseen > 0 && (
    <Badge size="sm" variant="filled" color="celadon" data-testid="count-notices">
      {format.number(unseen)}
    </Badge>
  );
  return (
    <Popover opened={open} onChange={setOpen} position="right-end" width={400} trapFocus returnFocus withRoles>
      <Popover.Target>
        <NavLink
          component="button"
          onClick={() => setOpen((was) => !was)}
          active={open}
          aria-label={slim ? (unseen ? t("notices.count", { count: unseen }) : t("notices.title")) : undefined}
          label={slim ? undefined : t("notices.title")}
          leftSection={
            <Indicator disabled={!slim || !unseen} color="celadon" size={9} offset={3}>
              <IconBell size={slim ? 21 : 18} stroke={1.7} aria-hidden="true" />
            </Indicator>
          }
          rightSection={slim ? undefined : count}
          bdrs="md"
          py={7}
          px={slim ? 11 : 10}
          data-testid="bell"
        />
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t("notices.title")}>
        <Group justify="space-between" wrap="nowrap" px="md" py={10} style={{ borderBottom: "1px solid var(--sonnim-line)" }}>
          <Group gap={8} wrap="nowrap">
            <Text fw={650} style={{ whiteSpace: "nowrap" }}>
              {t("notices.title")}
            </Text>
            <Keys keys={keyOf("go.notices")} />
          </Group>
          <Suspense>
            <NoticesHead />
          </Suspense>
        </Group>
        <ScrollArea.Autosize mah="min(520px, 70dvh)" type="auto">
          <Suspense fallback={<Waiting />}>{open && <NoticeList onOpen={() => setOpen(false)} />}</Suspense>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}

function Waiting() {
  return (
    <Center h={120}>
      <Box>
        <Loader type="dots" size="sm" />
      </Box>
    </Center>
  );
}
