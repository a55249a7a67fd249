/** The versions that were published: by whom, why, and what each changed. */

import { Badge, Box, Button, Collapse, Group, Paper, Select, Skeleton, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import type { PlanDifference } from "@sonnim/protocol";
import { IconArrowBackUp, IconChevronDown, IconChevronRight, IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../app/api";
import { useAgent, useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { Confirm } from "../../ui/Confirm";
import { Failed, RowSkeletons } from "../../ui/States";
import { attempt } from "../../ui/toast";
import { useResource } from "../settings/resource";
import { Differences } from "./Differences";
import type { Version } from "./types";

interface Props {
  inForce: number;
  /** Null for whoever only reads. */
  onRestore: ((n: number) => Promise<unknown>) | null;
}

export function History({ inForce, onRestore }: Props) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const found = useResource<{ items: Version[]; next: string | null }>("/plan/versions");
  const [open, setOpen] = useState<number | null>(inForce || null);
  const [restoring, setRestoring] = useState<number | null>(null);
  if (found.failed) return <Failed onRetry={found.reload} />;
  if (!found.data) return <RowSkeletons count={3} />;
  const { items, next } = found.data;
  const more = async () => {
    const page = await api.get<{ items: Version[]; next: string | null }>(`${base}/plan/versions?before=${next ?? ""}`);
    found.set((now) => ({ items: [...now.items, ...page.items], next: page.next }));
  };
  return (
    <Stack gap="sm">
      <Title order={2} fz="1.3rem">
        {t("plan.history")}
      </Title>
      {!items.length && <Text c="dimmed">{t("plan.noneInForce")}</Text>}
      {items.map((version) => (
        <Entry
          key={version.n}
          version={version}
          inForce={inForce}
          open={open === version.n}
          onToggle={() => setOpen(open === version.n ? null : version.n)}
          onRestore={onRestore && version.n !== inForce ? () => setRestoring(version.n) : null}
        />
      ))}
      {next && (
        <Button variant="subtle" onClick={() => void attempt(words, more)}>
          {t("plan.more")}
        </Button>
      )}
      {restoring !== null && onRestore && (
        <Confirm
          title={t("plan.restore")}
          text={t("plan.restoreText")}
          action={t("plan.restore")}
          onConfirm={() => onRestore(restoring)}
          onClose={() => setRestoring(null)}
        />
      )}
    </Stack>
  );
}

interface EntryProps {
  version: Version;
  inForce: number;
  open: boolean;
  onToggle: () => void;
  onRestore: (() => void) | null;
}

function Entry({ version, inForce, open, onToggle, onRestore }: EntryProps) {
  const { t } = useWords();
  const format = useFormat();
  const author = useAgent(version.author_id);
  return (
    <Paper withBorder radius="lg" data-testid={`plan-version-${version.n}`}>
      <UnstyledButton onClick={onToggle} aria-expanded={open} w="100%" px="md" py="sm" bdrs="lg">
        <Group gap={10} wrap="nowrap" align="flex-start">
          {open ? <IconChevronDown size={17} aria-hidden="true" /> : <IconChevronRight size={17} aria-hidden="true" />}
          <Box flex={1} miw={0}>
            <Group gap={8}>
              <Text fw={600} fz="sm">
                {t("plan.version", { n: version.n })}
              </Text>
              {version.n === inForce && <Badge size="sm">{t("plan.inForce", { n: version.n })}</Badge>}
            </Group>
            {version.note && <Text fz="sm">{version.note}</Text>}
            <Text fz="xs" c="dimmed">
              {t("plan.by", { at: format.stamp(version.at), name: author?.name ?? t("plan.gone") })}
              {version.restored_from !== null && ` · ${t("plan.restoredFrom", { n: version.restored_from })}`}
            </Text>
          </Box>
        </Group>
      </UnstyledButton>
      <Collapse expanded={open}>{open && <Changes version={version} onRestore={onRestore} />}</Collapse>
    </Paper>
  );
}

function Changes({ version, onRestore }: { version: Version; onRestore: (() => void) | null }) {
  const { t, locale } = useWords();
  const { base } = useDesk();
  const [before, setBefore] = useState(version.n - 1);
  const path = `/plan/versions/${version.n}/differences?before=${before}&locale=${locale}`;
  const found = useResource<{ items: PlanDifference[] }>(path);
  const others = Array.from({ length: version.n }, (_, n) => n).reverse();
  return (
    <Stack gap="sm" px="md" pb="md">
      <Group justify="space-between" align="flex-end" gap="sm">
        <Select
          label={t("plan.compareWith")}
          size="xs"
          w={180}
          allowDeselect={false}
          value={String(before)}
          data={others.map((n) => ({ value: String(n), label: n ? t("plan.version", { n }) : t("plan.beginning") }))}
          onChange={(n) => setBefore(Number(n ?? version.n - 1))}
        />
        <Group gap={8}>
          <Button
            component="a"
            href={`/api/v1${base}/plan/page?n=${version.n}&locale=${locale}`}
            target="_blank"
            rel="noreferrer"
            size="xs"
            variant="default"
            leftSection={<IconPrinter size={15} />}
          >
            {t("plan.print")}
          </Button>
          {onRestore && (
            <Button size="xs" variant="default" leftSection={<IconArrowBackUp size={15} />} onClick={onRestore} data-testid="plan-restore">
              {t("plan.restore")}
            </Button>
          )}
        </Group>
      </Group>
      <Text fz="sm" fw={600}>
        {t("plan.changes")}
      </Text>
      {found.failed ? <Failed onRetry={found.reload} /> : found.data ? <Differences items={found.data.items} /> : <Skeleton h={60} />}
    </Stack>
  );
}
