/** An event of the timeline in words. */

import { Group, Text } from "@mantine/core";
import type { Entry } from "@sonnim/protocol";
import { useDeskState } from "../../app/desk/context";
import type { DeskState } from "../../app/desk/state";
import { useFormat, type Format } from "../../app/format";
import { useWords, type Words } from "../../app/i18n";

/** The sentence for an event; pure, so that every kind is tested in every language. */
export function eventText({ t, lookup }: Words, format: Format, state: DeskState, entry: Entry): string {
  const { data, author } = entry;
  const { agents, teams, contacts, conversations } = state.tables;
  const person = (name: string | undefined, otherwise: string) => (name ? t("person", { name }) : otherwise);
  const contact = person(contacts[conversations[entry.conversation_id]?.contact_id ?? 0]?.name, t("contact.nameless"));
  const nameOf = (id: number | null | undefined) =>
    id == null ? "" : person(agents[id]?.name, t("event.someone"));
  const who = author.kind === "agent" ? nameOf(author.id) : author.kind === "contact" ? contact : t("event.system");
  switch (data.what) {
    case "assigned": {
      const team = data.team_id == null ? "" : (teams[data.team_id]?.name ?? t("event.team"));
      if (data.agent_id == null) return team ? t("event.assignedTeam", { who, team }) : t("event.unassigned", { who });
      if (author.kind === "agent" && author.id === data.agent_id) return t("event.took", { who });
      return t("event.assigned", { who, to: nameOf(data.agent_id) });
    }
    case "resolved":
      return t("event.resolved", { who });
    case "reopened":
      return data.by === "contact" ? t("event.reopenedByContact", { who: contact }) : t("event.reopened", { who });
    case "snoozed":
      return t("event.snoozed", { who, time: data.until ? format.moment(data.until, state.shop.timezone) : "" });
    case "unsnoozed":
      return lookup(`event.unsnoozed.${data.why ?? "agent"}`, "event.unsnoozed.agent", { who, contact });
    case "identified":
      return t("event.identified", { name: person(data.name, contact) });
    case "merged":
      return t("event.merged");
    default:
      return t("event.unknown");
  }
}

export function EventLine({ entry }: { entry: Entry }) {
  const words = useWords();
  const format = useFormat();
  const state = useDeskState((each) => each);
  return (
    <Group justify="center" gap={6} py={4} wrap="nowrap" c="dimmed" data-testid="entry" data-kind="event" data-seq={entry.seq}>
      <Text fz="xs" ta="center">
        {eventText(words, format, state, entry)}
      </Text>
      <Text fz="xs" title={format.full(entry.at)} style={{ whiteSpace: "nowrap" }}>
        {format.time(entry.at)}
      </Text>
    </Group>
  );
}
