/** The ledger of concessions: what was given to whom, why, and how much that is in a month. */

import { Anchor, Badge, Button, Center, Group, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import type { Conceded, LedgerSum } from "@sonnim/protocol";
import { IconDownload, IconStairsUp } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import type { Items } from "../../app/types";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { attempt } from "../../ui/toast";
import { concessionText } from "../ladder/words";
import { LedgerSums } from "./LedgerSums";
import { useResource } from "./resource";

const KINDS = ["coupon", "discount", "promotion", "points", "gift", "free_shipping", "express", "partial_refund", "full_refund", "replacement", "repair", "free_return", "other"] as const;

export default function LedgerSection() {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const agents = useDeskState((state) => state.tables.agents);
  const [agent, setAgent] = useState<string | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const [month, setMonth] = useState("");
  const asked = new URLSearchParams({ ...(agent && { agent_id: agent }), ...(kind && { kind }), ...(month && { month }) }).toString();
  const ledger = useResource<Items<Conceded>>(`/concessions?${asked}`);
  const sums = useResource<{ items: LedgerSum[] }>("/concessions/sums");
  const { items, next } = ledger.data ?? { items: [], next: null };
  const nameOf = (id: number | null) => (id === null ? "" : (agents[id]?.name ?? `#${id}`));
  const more = () =>
    void attempt(words, async () => {
      const page = await api.get<Items<Conceded>>(`${base}/concessions?${asked}&cursor=${encodeURIComponent(String(next))}`);
      ledger.set((now) => ({ items: [...now.items, ...page.items], next: page.next ?? null }));
    });
  return (
    <Stack gap="lg" data-testid="ledger">
      <LedgerSums sums={sums.data?.items ?? []} nameOf={nameOf} />
      <Group gap={8} align="end">
        <Select
          label={t("ledger.agent")}
          placeholder={t("ledger.all")}
          data={Object.values(agents).map(({ id, name }) => ({ value: String(id), label: name }))}
          value={agent}
          onChange={setAgent}
          clearable
          w={180}
        />
        <Select label={t("ledger.kind")} placeholder={t("ledger.all")} data={KINDS.map((value) => ({ value: value as string, label: t(`plan.kind.${value}`) }))} value={kind} onChange={setKind} clearable w={180} data-testid="ledger-kind" />
        <TextInput type="month" label={t("ledger.month")} value={month} onChange={(event) => setMonth(event.currentTarget.value)} w={170} />
        <Button component="a" href={`${base}/concessions/export?${asked}`} download variant="default" leftSection={<IconDownload size={16} />} data-testid="ledger-export">
          {t("ledger.export")}
        </Button>
      </Group>
      {ledger.failed && <Failed onRetry={ledger.reload} />}
      {!ledger.failed && !ledger.data && <RowSkeletons count={4} />}
      {ledger.data && !items.length && (
        <Empty icon={<IconStairsUp size={26} stroke={1.6} />} title={t("ledger.none")}>
          {t("ledger.noneHint")}
        </Empty>
      )}
      {items.length > 0 && (
        <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0, "aria-label": t("settings.ledger") } }}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("ledger.when")}</Table.Th>
                <Table.Th>{t("ledger.agent")}</Table.Th>
                <Table.Th>{t("ledger.what")}</Table.Th>
                <Table.Th>{t("ledger.why")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((line) => (
                <Row key={line.id} line={line} nameOf={nameOf} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {next && (
        <Center>
          <Button variant="default" onClick={more}>
            {t("audit.more")}
          </Button>
        </Center>
      )}
    </Stack>
  );
}

function Row({ line, nameOf }: { line: Conceded; nameOf: (id: number | null) => string }) {
  const words = useWords();
  const { t } = words;
  const format = useFormat();
  return (
    <Table.Tr data-testid="ledger-line" data-kind={line.kind}>
      <Table.Td>
        <Text fz="sm" title={format.full(line.at)} style={{ whiteSpace: "nowrap" }}>
          {format.stamp(line.at)}
        </Text>
        <Anchor component={Link} to={`/inbox/all/${line.conversation_id}`} fz="xs">
          {t("ledger.conversation", { id: line.conversation_id })}
        </Anchor>
      </Table.Td>
      <Table.Td>
        <Text fz="sm">{nameOf(line.agent_id)}</Text>
        {line.approved_by_id !== null && (
          <Text fz="xs" c="dimmed">
            {t("ledger.approved", { who: nameOf(line.approved_by_id) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Text fz="sm" td={line.taken_back_at ? "line-through" : undefined}>
          {concessionText(words, line)}
        </Text>
        {line.order && (
          <Text fz="xs" c="dimmed">
            {t("ledger.order", { order: line.order })}
          </Text>
        )}
        {line.taken_back_at && (
          <Badge size="sm" variant="light" color="gray">
            {t("ledger.takenBack")}
          </Badge>
        )}
      </Table.Td>
      <Table.Td>
        <Text fz="sm" dir="auto" style={{ overflowWrap: "anywhere" }}>
          {line.reason}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}
