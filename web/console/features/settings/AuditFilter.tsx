/** Which part of the audit log: about what, by whom, when. */

import { Button, Group, Select, TextInput } from "@mantine/core";
import { useDeskState } from "../../app/desk/context";
import { useT } from "../../app/i18n";

export interface Filter {
  about: string;
  agent: string;
  /** Days of this machine's calendar, both included. */
  since: string;
  until: string;
}

const KINDS = ["agent", "invitation", "team", "roles", "contact", "consent", "conversation", "tag", "canned_response", "plan", "shop", "mailbox", "inbound", "token", "second_factor", "password", "refused"] as const;

/** The filter as the server wants it. */
export function query({ about, agent, since, until }: Filter): string {
  const asked = new URLSearchParams();
  if (about) asked.set("about", about === "refused" ? about : `${about}.`);
  if (agent) asked.set("agent", agent);
  if (since) asked.set("since", new Date(`${since}T00:00:00`).toISOString());
  if (until) {
    const end = new Date(`${until}T00:00:00`);
    end.setDate(end.getDate() + 1);
    asked.set("until", end.toISOString());
  }
  return asked.toString();
}

export function AuditFilter({ filter, onChange }: { filter: Filter; onChange: (next: Filter) => void }) {
  const t = useT();
  const agents = useDeskState((state) => state.tables.agents);
  const people = Object.values(agents).sort((a, b) => a.name.localeCompare(b.name));
  const narrowed = Object.values(filter).some(Boolean);
  return (
    <Group gap="sm" align="flex-end">
      <Select
        size="sm"
        w={{ base: "100%", xs: 190 }}
        label={t("audit.what")}
        placeholder={t("audit.anything")}
        clearable
        data={KINDS.map((kind) => ({ value: kind, label: t(`auditKind.${kind}`) }))}
        value={filter.about || null}
        onChange={(about) => onChange({ ...filter, about: about ?? "" })}
        data-testid="audit-about"
      />
      <Select
        size="sm"
        w={{ base: "100%", xs: 190 }}
        label={t("audit.who")}
        placeholder={t("audit.anybody")}
        clearable
        searchable
        data={people.map((agent) => ({ value: String(agent.id), label: agent.name }))}
        value={filter.agent || null}
        onChange={(agent) => onChange({ ...filter, agent: agent ?? "" })}
        data-testid="audit-agent"
      />
      <TextInput size="sm" type="date" label={t("audit.since")} max={filter.until || undefined} value={filter.since} onChange={(event) => onChange({ ...filter, since: event.currentTarget.value })} data-testid="audit-since" />
      <TextInput size="sm" type="date" label={t("audit.until")} min={filter.since || undefined} value={filter.until} onChange={(event) => onChange({ ...filter, until: event.currentTarget.value })} data-testid="audit-until" />
      {narrowed && (
        <Button variant="subtle" color="gray" onClick={() => onChange({ about: "", agent: "", since: "", until: "" })}>
          {t("audit.clear")}
        </Button>
      )}
    </Group>
  );
}
