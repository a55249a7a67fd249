/** Who changed what, newest first. */

import { Button, Center, Group, Stack, Table, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import type { AuditLine, Items } from "../../app/types";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { attempt } from "../../ui/toast";
import { AuditFilter, query, type Filter } from "./AuditFilter";
import { useResource } from "./resource";

export default function AuditSection() {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [filter, setFilter] = useState<Filter>({ about: "", agent: "", since: "", until: "" });
  const asked = query(filter);
  const audit = useResource<Items<AuditLine>>(`/audit?${asked}`);
  const [busy, setBusy] = useState(false);
  const { items, next } = audit.data ?? { items: [], next: null };
  const more = async () => {
    setBusy(true);
    await attempt(words, async () => {
      const page = await api.get<Items<AuditLine>>(`${base}/audit?${asked}&cursor=${encodeURIComponent(String(next))}`);
      audit.set((now) => ({ items: [...now.items, ...page.items], next: page.next ?? null }));
    });
    setBusy(false);
  };
  return (
    <Stack gap="md">
      <AuditFilter filter={filter} onChange={setFilter} />
      {audit.failed && <Failed onRetry={audit.reload} />}
      {!audit.failed && !audit.data && <RowSkeletons count={4} />}
      {audit.data && !items.length && <Empty icon={<IconHistory size={26} stroke={1.6} />} title={t(asked ? "audit.noneFound" : "audit.none")} />}
      {items.length > 0 && (
        <Table.ScrollContainer minWidth={620} scrollAreaProps={{ viewportProps: { tabIndex: 0, "aria-label": t("settings.audit") } }}>
          <Table fz="sm" verticalSpacing={8} data-testid="audit">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("audit.when")}</Table.Th>
                <Table.Th>{t("audit.who")}</Table.Th>
                <Table.Th>{t("audit.what")}</Table.Th>
                <Table.Th>{t("audit.from")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((line) => (
                <Line key={line.id} line={line} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {next && (
        <Center>
          <Button variant="light" loading={busy} onClick={() => void more()}>
            {t("audit.more")}
          </Button>
        </Center>
      )}
    </Stack>
  );
}

function Line({ line }: { line: AuditLine }) {
  const { lookup } = useWords();
  const format = useFormat();
  const agent = useDeskState((state) => (line.actor_agent_id === null ? undefined : state.tables.agents[line.actor_agent_id]));
  const roles = line.action === "roles.changed" ? Object.keys(line.detail) : [];
  const detail = Object.entries(line.detail)
    .filter(([, value]) => typeof value === "string" || typeof value === "number")
    .map(([name, value]) => (name === "role" ? lookup(`role.${String(value)}`, "role.agent") : String(value)))
    .concat(roles.map((role) => lookup(`role.${role}`, "role.agent")));
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }} title={format.full(line.at)}>
        {format.stamp(line.at)}
      </Table.Td>
      <Table.Td>{agent?.name ?? line.actor}</Table.Td>
      <Table.Td>
        <Group gap={6}>
          <Text fz="sm">{lookup(`audit.${line.action}`, "audit.other", { action: line.action })}</Text>
          {detail.length > 0 && (
            <Text fz="sm" c="dimmed">
              {detail.join(", ")}
            </Text>
          )}
        </Group>
      </Table.Td>
      <Table.Td c="dimmed">{line.address}</Table.Td>
    </Table.Tr>
  );
}
