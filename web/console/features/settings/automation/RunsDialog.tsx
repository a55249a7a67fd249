/** What a rule did in the last 30 days, and why. */

import { Anchor, Button, Group, Modal, Paper, Stack, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { api } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useFormat } from "../../../app/format";
import { useWords } from "../../../app/i18n";
import { Empty, Failed, RowSkeletons } from "../../../ui/States";
import { sayDeed, type Found, type Part, type Rule, type Vocabulary } from "./rule";
import { Why } from "./Why";

interface Run {
  id: number;
  conversation_id: number;
  contact_name: string;
  event: string;
  outcome: "done" | "failed" | "lapsed" | "loop";
  found: Found[];
  did: (Part & { came: string; why?: string })[];
  at: string;
}
const PAGE = 50;

export function RunsDialog({ rule, vocabulary, onClose }: { rule: Rule; vocabulary: Vocabulary; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const format = useFormat();
  const { base } = useDesk();
  const [runs, setRuns] = useState<Run[] | null>(null);
  const [before, setBefore] = useState<number | null>(null);
  const [more, setMore] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    api.get<{ items: Run[] }>(`${base}/rules/${rule.id}/runs${before ? `?before=${before}` : ""}`).then(
      ({ items }) => {
        setRuns((now) => (before ? [...(now ?? []), ...items] : items));
        setMore(items.length === PAGE);
        setFailed(false);
      },
      () => setFailed(true),
    );
  }, [base, rule.id, before]);
  return (
    <Modal opened onClose={onClose} size="lg" title={t("rule.logOf", { name: rule.name })} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack data-testid="rule-log">
        {failed && <Failed onRetry={() => setBefore(null)} />}
        {!runs && !failed && <RowSkeletons count={3} />}
        {runs?.length === 0 && (
          <Empty icon={<IconHistory size={26} stroke={1.6} />} title={t("rule.noRuns")}>
            {t("rule.noRunsHint")}
          </Empty>
        )}
        {runs?.map((run) => (
          <Paper key={run.id} withBorder radius="md" p="sm" data-testid="rule-run">
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <Anchor href={`/console/inbox/all/${run.conversation_id}`} fz="sm" fw={600} truncate>
                {run.contact_name || t("contact.unnamed", { id: run.conversation_id })}
              </Anchor>
              <Text fz="xs" c="dimmed" title={format.full(run.at)} style={{ whiteSpace: "nowrap" }}>
                {format.stamp(run.at)}
              </Text>
            </Group>
            <Text fz="sm">
              {words.lookup(`rule.event.${run.event}`, "rule.event.begun")} · {t(`rule.outcome.${run.outcome}`)}
            </Text>
            <Why found={run.found} vocabulary={vocabulary} />
            {run.did.map((deed, at) => (
              <Text key={at} fz="sm">
                → {sayDeed(words, vocabulary, deed)}
                {deed.came === "failed" ? ` — ${t("rule.failed", { why: deed.why ?? "" })}` : deed.came === "nothing" ? ` — ${t("rule.nothing")}` : ""}
              </Text>
            ))}
          </Paper>
        ))}
        {more && (
          <Button variant="subtle" onClick={() => setBefore(runs?.at(-1)?.id ?? null)}>
            {t("notices.more")}
          </Button>
        )}
      </Stack>
    </Modal>
  );
}
