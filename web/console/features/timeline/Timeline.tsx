/** The timeline: all of a conversation, of which only what is near the view is drawn and read. */

import { Box, Button, Center, Text, Transition, VisuallyHidden } from "@mantine/core";
import type { Attachment, Conversation, Entry } from "@sonnim/protocol";
import { IconArrowDown } from "@tabler/icons-react";
import { lazy, Suspense, useDeferredValue, useEffect, useMemo, useRef, useState, type CSSProperties } from "react";
import { useSearch } from "wouter";
import { useCommand } from "../../app/commands";
import { useChannel, useContact, useDesk, useDeskState } from "../../app/desk/context";
import { makeTimelineSelector, rowAt, type Rows } from "../../app/desk/timeline";
import { redactEntry } from "../../app/desk/wording";
import { useT } from "../../app/i18n";
import { toastDone } from "../../ui/toast";
import { isPicture } from "./Attachments";
import { EntryMenu, type MenuAt } from "./EntryMenu";
import { heightsOf } from "./heights";
import { LiveLine } from "./LiveLine";
import { RowView } from "./Row";
import { SceneContext, type Scene } from "./scene";
import { useUnread } from "./useUnread";
import { useWindow } from "./useWindow";

const Lightbox = lazy(() => import("./Lightbox"));
const RedactDialog = lazy(() => import("./RedactDialog"));
const TraceDialog = lazy(() => import("./TraceDialog"));
const JumpToDate = lazy(() => import("./JumpToDate"));

const VIEW: CSSProperties = {
  height: "100%",
  overflowY: "auto",
  overflowAnchor: "none",
  outlineColor: "var(--sonnim-accent)",
  outlineOffset: -2,
  scrollbarWidth: "thin",
};
const MARK_LASTS = 4_000;

type Open = { what: "picture"; id: number } | { what: "redact" | "trace"; entry: Entry } | { what: "date" };

export function Timeline({ conversation }: { conversation: Conversation }) {
  const t = useT();
  const desk = useDesk();
  const { id } = conversation;
  const select = useMemo(() => makeTimelineSelector(id), [id]);
  // A page of lines that comes is drawn in pieces between the frames, not in one go.
  const rows = useDeferredValue(useDeskState(select));
  const tries = useDeskState((state) => state.timelines[id]?.tries);
  const heights = useMemo(() => heightsOf(id), [id]);
  const unread = useUnread(id, rows.entries);
  const wanted = Number(new URLSearchParams(useSearch()).get("at")) || null;
  const first = wanted ?? unread;
  const { viewport, list, start, end, atEnd, onScroll, toRow, toEnd } = useWindow(heights, rows.count, first === null ? null : first - 1);
  const [marked, setMarked] = useState(wanted);
  const [editing, setEditing] = useState<number | null>(null);
  const [menu, setMenu] = useState<MenuAt | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const newer = useNewer(rows, atEnd);

  // What is near the view and not known yet is read.
  useEffect(() => {
    for (let index = start; index < Math.min(end, rows.entries.length); index++) {
      if (!rows.entries[index]) void desk.loadEntries(id, index + 1);
    }
  }, [desk, id, rows.entries, start, end, tries]);

  const jump = (seq: number) => {
    setMarked(seq);
    toRow(seq - 1);
  };
  const led = useRef(wanted);
  useEffect(() => {
    if (wanted === null || led.current === wanted) return;
    led.current = wanted;
    setMarked(wanted);
    toRow(wanted - 1);
  }, [wanted, toRow]);
  useEffect(() => {
    if (marked === null) return undefined;
    const timer = setTimeout(() => setMarked(null), MARK_LASTS);
    return () => clearTimeout(timer);
  }, [marked]);

  const copyLink = (seq: number | null) => {
    const url = `${location.origin}/console/inbox/all/${id}${seq ? `?at=${seq}` : ""}`;
    void navigator.clipboard?.writeText(url).then(() => toastDone(t("entry.linkCopied")));
  };
  useCommand("date", () => setOpen({ what: "date" }));
  useCommand("unread", () => unread !== null && jump(unread), unread !== null);
  useCommand("copyLink", () => copyLink(null));

  const channel = useChannel(conversation.channel);
  const tells = channel?.read_receipts ?? false;
  const letters = channel?.letters ?? false;
  const { locale, contact_id: contact } = conversation;
  const scene = useMemo<Scene>(
    () => ({
      conversation: id,
      contact,
      locale,
      tells,
      letters,
      marked,
      editing,
      openMenu: (entry, button) => {
        const { right, bottom } = button.getBoundingClientRect();
        setMenu({ entry, x: right, y: bottom });
      },
      openPicture: (picture) => setOpen({ what: "picture", id: picture }),
      openTrace: (entry) => setOpen({ what: "trace", entry }),
      endEditing: () => setEditing(null),
    }),
    [id, contact, locale, tells, letters, marked, editing],
  );
  const shown = [];
  for (let index = start; index < end; index++) {
    const row = rowAt(rows, index);
    shown.push(<RowView key={row.key} row={row} index={index} locale={locale} fresh={unread === index + 1} />);
  }
  return (
    <SceneContext value={scene}>
      <Box pos="relative" flex={1} mih={0}>
        <div ref={viewport} onScroll={onScroll} tabIndex={0} role="region" aria-label={t("timeline.label")} style={VIEW} data-testid="timeline-view">
          <Box px="md" pt="md" maw={860} mx="auto">
            {rows.entries.length > 0 && rows.entries[0] && (
              <Text fz="xs" c="dimmed" ta="center" pb="xs">
                {t("timeline.start")}
              </Text>
            )}
            <div ref={list} data-testid="timeline">
              {shown}
            </div>
          </Box>
          <LiveLine conversation={conversation} />
        </div>
        <Transition mounted={newer} transition="slide-up" duration={150}>
          {(style) => (
            <Center pos="absolute" bottom={10} left={0} right={0} style={{ ...style, pointerEvents: "none" }}>
              <Button size="compact-sm" radius="xl" leftSection={<IconArrowDown size={15} />} onClick={toEnd} style={{ pointerEvents: "auto" }} data-testid="to-end">
                {t("timeline.newer")}
              </Button>
            </Center>
          )}
        </Transition>
        <Announce rows={rows} contact={contact} />
        <EntryMenu
          at={menu}
          onClose={() => setMenu(null)}
          onEdit={(entry) => setEditing(entry.seq)}
          onRedact={(entry) => setOpen({ what: "redact", entry })}
          onTrace={(entry) => setOpen({ what: "trace", entry })}
          onLink={(entry) => copyLink(entry.seq)}
        />
        <Suspense>
          {open?.what === "picture" && <Lightbox pictures={picturesOf(rows)} start={open.id} onClose={() => setOpen(null)} />}
          {open?.what === "redact" && <RedactDialog onRedact={(reason) => redactEntry(desk, open.entry, reason)} onClose={() => setOpen(null)} />}
          {open?.what === "trace" && <TraceDialog entry={open.entry} onClose={() => setOpen(null)} />}
          {open?.what === "date" && <JumpToDate conversation={id} onFound={jump} onClose={() => setOpen(null)} />}
        </Suspense>
      </Box>
    </SceneContext>
  );
}

function picturesOf({ entries }: Rows): Attachment[] {
  return entries.flatMap((entry) => entry?.attachments.filter(isPicture) ?? []);
}

/** Whether something has come below what is read. */
function useNewer({ entries, pending }: Rows, atEnd: boolean): boolean {
  const last = pending.at(-1)?.client_id ?? entries.at(-1)?.id;
  const [known, setKnown] = useState(last);
  if (atEnd && known !== last) setKnown(last);
  return !atEnd && known !== last;
}

/** Tells a screen reader of what the shopper writes; rows that scrolling brings in are no news. */
function Announce({ rows, contact }: { rows: Rows; contact: number }) {
  const t = useT();
  const name = useContact(contact)?.name || t("contact.nameless");
  const last = rows.entries.at(-1);
  const [first] = useState(last?.id);
  const news = last && last.id !== first && last.author.kind === "contact" ? `${name}: ${last.text}` : "";
  return (
    <VisuallyHidden>
      <div role="log" aria-live="polite">
        {news}
      </div>
    </VisuallyHidden>
  );
}
