/** Service promises: what shoppers may count on, in the order in which it is asked; switched, moved, worded. */

import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import type { Policy } from "@sonnim/protocol";
import { IconHourglass, IconPlus, IconSparkles } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { toastDone, toastUndo } from "../../ui/toast";
import { PolicyDialog } from "./promises/PolicyDialog";
import { followed, sent, suggestions, valuesOf } from "./promises/policy";
import { PolicyRow } from "./promises/PolicyRow";
import { useFollowing, useResource } from "./resource";
import { backInPlace, kept, useChanges, useOrder } from "./useOrder";

interface Page {
  items: Policy[];
}

export default function PromisesSection() {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const path = `${base}/policies`;
  const channels = useDeskState((state) => state.channels);
  const { data, failed, reload, set } = useResource<Page>("/policies");
  const [editing, setEditing] = useState<Policy | "new" | null>(null);
  const [busy, setBusy] = useState(false);
  const orReload = useChanges(reload);
  const fetched = async () => {
    const page = await api.get<Page>(path);
    set(() => page);
    return page.items;
  };
  useFollowing(
    (event) => set(({ items }) => ({ items: followed(items, event) })),
    () => void orReload(fetched),
  );
  const items = data?.items ?? [];
  const { list, row, said } = useOrder(
    items,
    (shown) => set(() => ({ items: shown })),
    (saved) => void orReload(async () => {
      await api.post(`${path}/order`, { ids: saved.map(({ id }) => id) });
      await fetched(); // whoever was moved has another version now
    }),
  );
  if (failed && !data) return <Failed onRetry={reload} />;
  if (!data) return <RowSkeletons count={3} />;
  const keep = (policy: Policy) => set(({ items: now }) => ({ items: kept(now, policy) }));
  const turn = (policy: Policy, active: boolean) => {
    keep({ ...policy, active });
    void orReload(async () => {
      // Somebody else may have worded it anew: the switch is all that changes.
      const { items: now } = await api.get<Page>(path);
      const latest = now.find(({ id }) => id === policy.id) ?? policy;
      keep(await api.put<Policy>(`${path}/${policy.id}`, { ...sent({ ...valuesOf(latest), active }), v: latest.v }));
    });
  };
  const restore = (policy: Policy, before: number[]) => void orReload(async () => {
    const back = await api.post<Policy>(path, sent(valuesOf(policy)));
    const known = (await fetched()).map(({ id }) => id);
    await api.post(`${path}/order`, { ids: backInPlace(before, policy.id, back.id, known) });
    await fetched();
  });
  const remove = (policy: Policy) => {
    const before = items.map(({ id }) => id);
    set(({ items: now }) => ({ items: now.filter(({ id }) => id !== policy.id) }));
    void orReload(async () => {
      await api.delete(`${path}/${policy.id}`);
      toastUndo(words, t("sla.deleted", { name: policy.name }), () => restore(policy, before));
    });
  };
  const suggest = async () => {
    setBusy(true);
    await orReload(async () => {
      for (const values of suggestions(words, channels)) keep(await api.post<Policy>(path, sent(values)));
      toastDone(t("sla.suggested"));
    });
    setBusy(false);
  };
  return (
    <Stack gap="sm" ref={list}>
      <Group gap="sm">
        <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")} data-testid="new-policy">
          {t("sla.new")}
        </Button>
      </Group>
      {!items.length && (
        <Empty
          icon={<IconHourglass size={26} stroke={1.6} />}
          title={t("sla.empty")}
          action={
            <Button variant="light" mt={4} loading={busy} leftSection={<IconSparkles size={16} />} onClick={() => void suggest()} data-testid="suggest-policies">
              {t("sla.suggest")}
            </Button>
          }
        >
          {t("sla.emptyHint")}
        </Empty>
      )}
      {items.length > 1 && (
        <Alert p="xs" color="gray" variant="light">
          <Text fz="sm">{t("sla.orderHint")}</Text>
        </Alert>
      )}
      {items.map((policy, at) => (
        <PolicyRow
          key={policy.id}
          policy={policy}
          onEdit={() => setEditing(policy)}
          onRemove={() => remove(policy)}
          onTurn={(active) => turn(policy, active)}
          {...row(at)}
        />
      ))}
      {said}
      {editing && <PolicyDialog policy={editing === "new" ? null : editing} onClose={() => setEditing(null)} onSaved={keep} />}
    </Stack>
  );
}
