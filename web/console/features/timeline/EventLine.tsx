/** An event of the timeline in words. */

import { Group, Text } from "@mantine/core";
import type { Entry } from "@sonnim/protocol";
import { useDeskState } from "../../app/desk/context";
import type { DeskState } from "../../app/desk/state";
import { useFormat, type Format } from "../../app/format";
import { useWords, type Words } from "../../app/i18n";
import { EventCard, hasCard } from "../together/EventCard";
import { EventActions } from "./EventActions";
import { togetherText } from "../together/eventText";

/** The sentence for an event, and that its words are gone; pure, so that every kind is tested in every language. */
export function eventText(words: Words, format: Format, state: DeskState, entry: Entry): string {
  const sentence = whatHappened(words, format, state, entry);
  if (!entry.hidden) return sentence;
  const by = state.tables.agents[entry.data.hidden_by ?? 0];
  const who = by ? words.t("person", { name: by.name }) : words.t("event.someone");
  return `${sentence} · ${words.t("entry.redacted", { who, time: entry.edited_at ? format.stamp(entry.edited_at) : "" })}`;
}

function whatHappened(words: Words, format: Format, state: DeskState, entry: Entry): string {
  const { t, lookup } = words;
  const { data, author } = entry;
  const { agents, teams, contacts, conversations } = state.tables;
  const person = (name: string | undefined, otherwise: string) => (name ? t("person", { name }) : otherwise);
  const contact = person(contacts[conversations[entry.conversation_id]?.contact_id ?? 0]?.name, t("contact.nameless"));
  const nameOf = (id: number | null | undefined) =>
    id == null ? "" : person(agents[id]?.name, t("event.someone"));
  const who = author.kind === "agent" ? nameOf(author.id) : author.kind === "contact" ? contact : t("event.system");
  const together = togetherText(words, { who, nameOf }, entry);
  if (together !== null) return together;
  switch (data.what) {
    case "assigned": {
      const team = data.team_id == null ? "" : (teams[data.team_id]?.name ?? t("event.team"));
      const given = author.kind === "system" && data.why ? givenText(words, data, nameOf) : null;
      if (given !== null) return given;
      if (data.agent_id == null) return team ? t("event.assignedTeam", { who, team }) : t("event.unassigned", { who });
      if (author.kind === "agent" && author.id === data.agent_id) return t("event.took", { who });
      return t("event.assigned", { who, to: nameOf(data.agent_id) });
    }
    case "resolved":
      return t("event.resolved", { who });
    case "reopened":
      return data.by === "contact" ? t("event.reopenedByContact", { who: contact }) : t("event.reopened", { who });
    case "solved": {
      const said = t(data.solved ? "event.solvedYes" : "event.solvedNo");
      return entry.text ? `${said}: “${entry.text}”` : said;
    }
    case "snoozed":
      return t("event.snoozed", { who, time: data.until ? format.moment(data.until, state.shop.timezone) : "" });
    case "unsnoozed":
      return lookup(`event.unsnoozed.${data.why ?? "agent"}`, "event.unsnoozed.agent", { who, contact });
    case "identified":
      return t("event.identified", { name: person(data.name, contact) });
    case "tagged": {
      const named = (ids: number[] = []) => ids.map((id) => state.tables.tags[id]?.name ?? "?").join(", ");
      return data.added?.length ? t("event.tagged", { who, names: named(data.added) }) : t("event.untagged", { who, names: named(data.removed) });
    }
    case "clock":
      return t(`event.clock.${data.strike ?? "late"}`, { kind: t(`due.${data.kind ?? "next_reply"}`) });
    case "rule":
      return t(data.text ? "event.ruleSaid" : "event.rule", { rule: data.rule ?? "", text: data.text ?? "" });
    case "promise": {
      const time = data.due_at ? format.moment(data.due_at, state.shop.timezone) : "";
      const said = t(`event.promise.${data.done ?? "made"}`, { who, act: t(`promise.act.${data.act ?? "answer"}`), time });
      return entry.text ? `${said}: “${entry.text}”` : said;
    }
    case "priority":
      return t("event.priority", { who, was: t(`priority.${data.was ?? 1}`), now: t(`priority.${data.priority ?? 1}`) });
    case "spam":
      return author.kind === "system" ? t("event.spamFlagged", { why: data.why ?? "" }) : t("event.spam", { who });
    case "not_spam":
      return t("event.notSpam", { who });
    case "mailed": {
      const sent = lookup(`event.mailed.${data.state ?? "sent"}`, "event.mailed.sent", { who, address: data.address ?? "" });
      return data.note ? `${sent} (${data.note})` : sent;
    }
    case "merged":
      return t("event.merged");
    default:
      return t("event.unknown");
  }
}

/** The desk gave it to somebody, or took it back, and says why. */
function givenText({ t }: Words, { why, agent_id, from_agent_id }: Entry["data"], nameOf: (id: number | null | undefined) => string): string | null {
  if (why === "vanished") return t("event.vanished", { from: nameOf(from_agent_id) });
  if (agent_id == null) return null;
  return t(why === "sticky" ? "event.givenAgain" : "event.given", { to: nameOf(agent_id) });
}

export function EventLine({ entry }: { entry: Entry }) {
  const words = useWords();
  const format = useFormat();
  const text = useDeskState((state) => eventText(words, format, state, entry));
  if (hasCard(entry)) return <EventCard entry={entry} sentence={text} />;
  return (
    <Group justify="center" gap={6} py={4} wrap="nowrap" c="dimmed" data-testid="entry" data-kind="event" data-seq={entry.seq}>
      <Text fz="xs" ta="center">
        {text}
      </Text>
      <Text fz="xs" title={format.full(entry.at)} style={{ whiteSpace: "nowrap" }}>
        {format.time(entry.at)}
      </Text>
      <EventActions entry={entry} />
    </Group>
  );
}
