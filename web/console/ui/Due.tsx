/** How long is left of what was promised, second by second; then by how much it is overdue. */

import { Group, Text } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconHourglass, IconHourglassEmpty } from "@tabler/icons-react";
import { clockFace, useNow } from "../app/clock";
import { useWords } from "../app/i18n";
import { Wait } from "./Wait";

type Clock = Conversation["clocks"][number];
const DAY = 86_400_000;

/** The clock that presses most: whoever waits for an answer comes before everything else. */
export function pressing(conversation: Conversation): Clock | undefined {
  const running = conversation.clocks.filter((clock) => clock.due_at !== null);
  const replies = running.filter(({ kind }) => kind === "first_reply" || kind === "next_reply");
  const asked = replies.length ? replies : running.filter(({ kind, warned, late }) => kind === "silence" || warned || late);
  return asked.sort((a, b) => Date.parse(a.due_at ?? "") - Date.parse(b.due_at ?? ""))[0];
}

export function toneOf(clock: Clock, now: number): "calm" | "warm" | "late" {
  if (now >= Date.parse(clock.due_at ?? "")) return "late";
  return clock.warn_at !== null && now >= Date.parse(clock.warn_at) ? "warm" : "calm";
}

interface Look {
  named?: boolean;
  size?: "xs" | "xl";
}

export function Due({ clock, named = false, size = "xs" }: { clock: Clock } & Look) {
  const { t } = useWords();
  const now = useNow();
  const left = Date.parse(clock.due_at ?? "") - now;
  const tone = toneOf(clock, now);
  const far = Math.abs(left);
  const time = far < DAY ? clockFace(left >= 0 ? far + 999 : far) : t("wait.days", { count: Math.floor(far / DAY) });
  const Icon = tone === "calm" ? IconHourglass : IconHourglassEmpty;
  const kind = t(`due.${clock.kind}`);
  return (
    <Group gap={3} wrap="nowrap" c={`var(--sonnim-wait-${tone})`} data-testid="due" data-tone={tone} data-kind={clock.kind}>
      <Icon size={size === "xl" ? 22 : 13} aria-hidden="true" style={{ flexShrink: 0 }} />
      <Text
        span
        fz={size}
        fw={tone === "calm" ? 550 : 700}
        lh={1}
        style={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }}
        title={t(left >= 0 ? "due.left" : "due.over", { kind, time })}
        aria-label={t(left >= 0 ? "due.left" : "due.over", { kind, time })}
        role="timer"
        aria-live="off"
      >
        {named && `${kind} `}
        {left >= 0 ? time : `+${time}`}
      </Text>
    </Group>
  );
}

/** What presses in a conversation: a promise where there is one, else how long somebody has waited; else nothing. */
export function Pressing({ conversation, named = false, size = "xs" }: { conversation: Conversation } & Look) {
  if (conversation.status !== "open") return null;
  const clock = pressing(conversation);
  if (clock) return <Due clock={clock} named={named} size={size} />;
  return conversation.waiting_since ? <Wait since={conversation.waiting_since} size={size} /> : null;
}
