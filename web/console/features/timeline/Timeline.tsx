/** The timeline: stays at the newest line while one is there, keeps its place while older ones come in above. */

import { Box, Button, Center, Divider, Loader, ScrollArea, Stack, Text, Transition } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconArrowDown } from "@tabler/icons-react";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useNow } from "../../app/clock";
import { useDesk, useDeskState } from "../../app/desk/context";
import { makeTimelineSelector, type Line } from "../../app/desk/timeline";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { EntryBubble, PendingBubble } from "./Bubble";
import { EventLine } from "./EventLine";
import { LiveLine } from "./LiveLine";

const NEAR = 120;
const FOCUS = { outlineColor: "var(--sonnim-accent)", outlineOffset: -2 } as const;

export function Timeline({ conversation }: { conversation: Conversation }) {
  const t = useT();
  const desk = useDesk();
  const { id } = conversation;
  const select = useMemo(() => makeTimelineSelector(id), [id]);
  const lines = useDeskState(select);
  const before = useDeskState((state) => state.timelines[id]?.before ?? null);
  const loading = useDeskState((state) => state.timelines[id]?.loadingOlder ?? false);
  const { viewport, below, onScroll, toEnd } = useStickyScroll(lines, () => before !== null && void desk.loadOlder(id));
  return (
    <Box pos="relative" flex={1} mih={0}>
      <ScrollArea
        h="100%"
        viewportRef={viewport}
        viewportProps={{ onScroll, tabIndex: 0, style: FOCUS, "aria-label": t("timeline.label") }}
        type="auto"
        scrollbarSize={8}
      >
        <Stack role="log" aria-live="polite" gap={0} px="md" pt="md" pb={4} maw={860} mx="auto" data-testid="timeline">
          {loading && (
            <Center h={34}>
              <Loader size="sm" type="dots" aria-label={t("common.loading")} />
            </Center>
          )}
          {before === null && (
            <Text fz="xs" c="dimmed" ta="center" pb="xs">
              {t("timeline.start")}
            </Text>
          )}
          {lines.map((line) => (
            <LineView key={line.key} line={line} conversation={conversation} />
          ))}
        </Stack>
        <LiveLine conversation={conversation} />
      </ScrollArea>
      <Transition mounted={below} transition="slide-up" duration={150}>
        {(style) => (
          <Center pos="absolute" bottom={10} left={0} right={0} style={{ ...style, pointerEvents: "none" }}>
            <Button
              size="compact-sm"
              radius="xl"
              leftSection={<IconArrowDown size={15} />}
              onClick={toEnd}
              style={{ pointerEvents: "auto" }}
            >
              {t("timeline.newer")}
            </Button>
          </Center>
        )}
      </Transition>
    </Box>
  );
}

function LineView({ line, conversation }: { line: Line; conversation: Conversation }) {
  switch (line.type) {
    case "day":
      return <DayLine at={line.at} />;
    case "event":
      return <EventLine entry={line.entry} />;
    case "pending":
      return <PendingBubble item={line.item} locale={conversation.locale} />;
    case "entry":
      return <EntryBubble entry={line.entry} first={line.first} last={line.last} conversation={conversation} />;
  }
}

function DayLine({ at }: { at: string }) {
  const format = useFormat();
  const now = useNow(60);
  return (
    <Divider
      my="sm"
      color="var(--sonnim-line)"
      label={
        <Text span fz="xs" c="dimmed" fw={550}>
          {format.day(at, now)}
        </Text>
      }
      labelPosition="center"
    />
  );
}

/** Keeps the newest line in sight unless the reader has scrolled up; older lines above do not move what is read. */
function useStickyScroll(lines: readonly Line[], loadOlder: () => void) {
  const viewport = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const heightBefore = useRef(0);
  const firstKey = useRef<string | undefined>(undefined);
  const [below, setBelow] = useState(false);
  const lastKey = lines.at(-1)?.key;
  const first = lines[0]?.key;

  useLayoutEffect(() => {
    const box = viewport.current;
    if (!box) return;
    if (firstKey.current !== undefined && first !== firstKey.current && !atEnd.current) {
      box.scrollTop += box.scrollHeight - heightBefore.current;
    } else if (atEnd.current) {
      box.scrollTop = box.scrollHeight;
    }
    firstKey.current = first;
    heightBefore.current = box.scrollHeight;
  }, [first, lastKey, lines]);

  const seenKey = useRef(lastKey);
  useEffect(() => {
    if (seenKey.current !== lastKey && !atEnd.current) setBelow(true);
    seenKey.current = lastKey;
  }, [lastKey]);

  // Pictures that arrive late and a composer that grows must not push the newest line out of sight.
  useEffect(() => {
    const box = viewport.current;
    const content = box?.firstElementChild;
    if (!box || !content) return undefined;
    const watcher = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
      heightBefore.current = box.scrollHeight;
    });
    watcher.observe(content);
    watcher.observe(box);
    return () => watcher.disconnect();
  }, []);

  const onScroll = useCallback(() => {
    const box = viewport.current;
    if (!box) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    heightBefore.current = box.scrollHeight;
    if (atEnd.current) setBelow(false);
    if (box.scrollTop < 300) loadOlder();
  }, [loadOlder]);

  const toEnd = useCallback(() => {
    viewport.current?.scrollTo({ top: viewport.current.scrollHeight, behavior: "smooth" });
  }, []);
  return { viewport, below, onScroll, toEnd };
}
