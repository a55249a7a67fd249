/** A message or a note, delivered or on its way. */

import { Alert, Button, Group, Text, UnstyledButton } from "@mantine/core";
import { richOf, type Entry, type Locale, type OutboxItem } from "@sonnim/protocol";
import { IconAlertTriangle, IconCheck, IconChecks, IconClock, IconHelpCircle } from "@tabler/icons-react";
import { lazy, memo, Suspense, type CSSProperties, type ReactNode } from "react";
import { useAgent, useContact, useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT, useWords } from "../../app/i18n";
import { Face } from "../../ui/Face";
import { Attachments } from "./Attachments";
import { Body, Gone } from "./Body";
import { cardOf } from "./Card";
import { EditEntry } from "./EditEntry";
import { Line } from "./Line";
import { useScene } from "./scene";

const LetterHead = lazy(() => import("../letters/LetterHead"));
const LetterFoot = lazy(() => import("../letters/LetterFoot"));
const Delivery = lazy(() => import("../letters/Delivery"));

type Tick = "sending" | NonNullable<Entry["delivery"]>["state"];

interface EntryProps {
  entry: Entry;
  first: boolean;
  last: boolean;
}

export const EntryBubble = memo(function EntryBubble({ entry, first, last }: EntryProps) {
  const t = useT();
  const format = useFormat();
  const scene = useScene();
  const { author, seq } = entry;
  const agent = useAgent(author.kind === "agent" ? author.id : null);
  const contact = useContact(scene.contact);
  const seen = useDeskState((state) => seq <= (state.tables.conversations[scene.conversation]?.contact_seen_seq ?? 0));
  const theirs = author.kind === "contact";
  const name = theirs ? contact?.name || t("contact.nameless") : (agent?.name ?? t("event.system"));
  const state = entry.delivery?.state ?? (scene.tells && seen ? "read" : "sent");
  const tick: Tick | undefined = theirs || entry.kind === "note" || entry.hidden ? undefined : state;
  const troubled = tick === "failed" || tick === "unsure" || (tick === "queued" && !!entry.delivery?.note);
  const letter = scene.letters && entry.kind === "message" && !entry.hidden && !cardOf(entry.data);
  const marked = scene.marked === seq;
  const at = format.time(entry.at);
  const editing = scene.editing === seq;
  return (
    <Line
      theirs={theirs}
      face={last && <Face name={name} url={agent?.avatar_url} color={agent?.color} size={28} />}
      name={first ? name : undefined}
      spaced={first || letter}
      wide={letter}
      testid="entry"
      kind={entry.kind}
      seq={seq}
      action={editing ? undefined : { label: t("entry.actions", { time: at }), open: (button) => scene.openMenu(entry, button) }}
    >
      {letter && (
        <Suspense fallback={<div style={{ height: 20 }} />}>
          <LetterHead entry={entry} theirs={theirs} />
        </Suspense>
      )}
      {editing ? (
        <EditEntry entry={entry} />
      ) : entry.hidden ? (
        <Hidden entry={entry} marked={marked} />
      ) : (
        <Body kind={entry.kind} locale={scene.locale} text={entry.text} data={entry.data} theirs={theirs} first={first} marked={marked}>
          <Attachments items={entry.attachments} />
          {letter && (
            <Suspense>
              <LetterFoot entry={entry} locale={scene.locale} />
            </Suspense>
          )}
        </Body>
      )}
      {troubled && (
        <Suspense>
          <Delivery entry={entry} />
        </Suspense>
      )}
      {(last || entry.edited_at || entry.delivery) && (
        <Foot theirs={theirs}>
          {entry.edited_at && !entry.hidden && <Edited entry={entry} />}
          {(last || entry.delivery) && (
            <span style={TIME} title={format.full(entry.at)}>
              {at}
            </span>
          )}
          {(last || entry.delivery) && tick && <TickMark tick={tick} />}
        </Foot>
      )}
    </Line>
  );
});

const TIME: CSSProperties = {
  fontSize: "var(--mantine-font-size-xs)",
  color: "var(--mantine-color-dimmed)",
  fontVariantNumeric: "tabular-nums",
  whiteSpace: "nowrap",
};

function Hidden({ entry, marked }: { entry: Entry; marked: boolean }) {
  const { t } = useWords();
  const format = useFormat();
  const { by: hider } = entry.data as { by?: unknown };
  const by = useAgent(typeof hider === "number" ? hider : null);
  const who = by ? t("person", { name: by.name }) : t("event.someone");
  const time = entry.edited_at ? format.stamp(entry.edited_at) : "";
  return <Gone marked={marked} text={t(entry.hidden === "retracted" ? "entry.retracted" : "entry.redacted", { who, time })} />;
}

/** That it was worded otherwise; whoever may look into the trace opens it here. */
function Edited({ entry }: { entry: Entry }) {
  const t = useT();
  const format = useFormat();
  const scene = useScene();
  const may = useMay("audit.read");
  const title = t("entry.editedAt", { time: format.full(entry.edited_at ?? entry.at) });
  if (!may) {
    return (
      <span style={TIME} title={title} data-testid="edited">
        {t("entry.edited")}
      </span>
    );
  }
  return (
    <UnstyledButton fz="xs" c="dimmed" td="underline" title={title} onClick={() => scene.openTrace(entry)} data-testid="edited">
      {t("entry.edited")}
    </UnstyledButton>
  );
}

export function PendingBubble({ item, locale }: { item: OutboxItem; locale: Locale }) {
  const { t, lookup } = useWords();
  const { outbox } = useDesk();
  const failed = item.state === "failed";
  const data = (item as { data?: Record<string, unknown> }).data;
  return (
    <Line theirs={false} face={null} spaced testid="pending" kind={item.kind}>
      <Body kind={item.kind} locale={locale} text={item.text} data={richOf({ data }) ? data : undefined} theirs={false} first faded={!failed}>
        <Attachments items={item.attachments} />
      </Body>
      {failed ? (
        <Alert color="red" p="xs" mt={4} icon={<IconAlertTriangle size={17} />} data-testid="failed">
          <Text fz="xs">{lookup(`error.${item.code ?? ""}`, "error.unsent")}</Text>
          <Group gap={6} mt={6}>
            <Button size="compact-xs" onClick={() => outbox.retry(item.client_id)} data-testid="retry">
              {t("common.retry")}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => outbox.discard(item.client_id)} data-testid="discard">
              {t("timeline.discard")}
            </Button>
          </Group>
        </Alert>
      ) : (
        <Foot theirs={false}>
          <span style={TIME}>{t("tick.sending")}</span>
          <TickMark tick="sending" />
        </Foot>
      )}
    </Line>
  );
}

function Foot({ theirs, children }: { theirs: boolean; children: ReactNode }) {
  return (
    <div style={{ display: "flex", gap: 5, padding: "0 4px", height: 18, alignItems: "center", justifyContent: theirs ? "flex-start" : "flex-end" }}>
      {children}
    </div>
  );
}

const TICKS: Record<Tick, typeof IconCheck> = {
  queued: IconClock,
  sending: IconClock,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  failed: IconAlertTriangle,
  unsure: IconHelpCircle,
};

function TickMark({ tick }: { tick: Tick }) {
  const t = useT();
  const Icon = TICKS[tick];
  const color = { read: "var(--sonnim-accent)", failed: "var(--mantine-color-error)" }[tick as string] ?? "var(--mantine-color-dimmed)";
  const label = t(`tick.${tick}`);
  return (
    <span style={{ lineHeight: 0 }} title={label} data-testid="tick" data-tick={tick}>
      <Icon size={15} color={color} role="img" aria-label={label} />
    </span>
  );
}
