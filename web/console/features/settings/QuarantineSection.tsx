/** Quarantine: what came in and could not be read, or was read and is nothing for the inbox. Nothing is lost. */

import { Button, Center, SegmentedControl, Stack } from "@mantine/core";
import type { Inbound } from "@sonnim/protocol";
import { IconMailOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import type { Items } from "../../app/types";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { attempt, toastDone, toastUndo } from "../../ui/toast";
import { heldChanged } from "./quarantine/HeldCount";
import { HeldMail, type Deed } from "./quarantine/HeldMail";
import { Preview } from "./quarantine/Preview";
import { useReason } from "./quarantine/reason";
import { useResource } from "./resource";

const STATES = ["quarantined", "ignored", "discarded"] as const;
type State = (typeof STATES)[number];

export default function QuarantineSection() {
  const words = useWords();
  const { t, lookup } = words;
  const because = useReason();
  const { base } = useDesk();
  const [state, setState] = useState<State>("quarantined");
  const found = useResource<Items<Inbound>>(`/inbound?state=${state}`);
  const [shown, setShown] = useState<Inbound | null>(null);
  const [busy, setBusy] = useState<number | null>(null);
  const [reading, setReading] = useState(false);
  const read = found.data !== null;
  // A mail may have come between the count and the list.
  useEffect(() => void (read && heldChanged()), [read]);
  const { items, next } = found.data ?? { items: [], next: null };
  const without = (id: number) => found.set((now) => ({ ...now, items: now.items.filter((each) => each.id !== id) }));
  const put = (after: Inbound) => found.set((now) => ({ ...now, items: now.items.map((each) => (each.id === after.id ? after : each)) }));
  const act = async (item: Inbound, deed: Deed) => {
    const path = `${base}/inbound/${item.id}`;
    setBusy(item.id);
    await attempt(words, async () => {
      if (deed === "retry") {
        const after = await api.post<Inbound>(`${path}/retry`);
        if (after.state === state) put(after);
        else without(item.id);
        toastDone(lookup(`quarantine.after.${after.state}`, "quarantine.after.quarantined", { reason: because(after.reason) }));
      } else {
        await api.post(`${path}/${deed}`);
        without(item.id);
        if (deed === "discard") {
          toastUndo(words, t("quarantine.discarded"), () => {
            void attempt(words, () => api.post(`${path}/restore`)).then((back) => {
              if (back) found.reload();
              heldChanged();
            });
          });
        }
      }
      setShown(null);
      heldChanged();
    });
    setBusy(null);
  };
  const more = async () => {
    setReading(true);
    await attempt(words, async () => {
      const page = await api.get<Items<Inbound>>(`${base}/inbound?state=${state}&cursor=${String(next)}`);
      found.set((now) => ({ items: [...now.items, ...page.items], next: page.next ?? null }));
    });
    setReading(false);
  };
  const show = (wanted: string) => {
    found.set(() => ({ items: [], next: null }));
    setState(wanted as State);
  };
  return (
    <Stack gap="md">
      <SegmentedControl
        data={STATES.map((value) => ({ value, label: t(`quarantine.state.${value}`) }))}
        value={state}
        onChange={show}
        aria-label={t("settings.quarantine")}
        data-testid="quarantine-state"
        style={{ alignSelf: "flex-start", maxWidth: "100%" }}
      />
      {found.failed && <Failed onRetry={found.reload} />}
      {!found.failed && !found.data && <RowSkeletons count={4} />}
      {found.data && !items.length && (
        <Empty icon={<IconMailOff size={26} stroke={1.6} />} title={t(`quarantine.none.${state}`)}>
          {t(`quarantine.noneHint.${state}`)}
        </Empty>
      )}
      {items.map((item) => (
        <HeldMail key={item.id} item={item} busy={busy === item.id} onShow={() => setShown(item)} onDo={(deed) => void act(item, deed)} />
      ))}
      {next && (
        <Center>
          <Button variant="light" loading={reading} onClick={() => void more()}>
            {t("audit.more")}
          </Button>
        </Center>
      )}
      {shown && <Preview item={shown} busy={busy === shown.id} onDo={(deed) => void act(shown, deed)} onClose={() => setShown(null)} />}
    </Stack>
  );
}
