/** Doing something to many conversations at once: one request, its progress, and a way back for half a minute. */

import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { Bulk } from "@sonnim/protocol";
import { api } from "../../app/api";
import type { Desk } from "../../app/desk/desk";
import { viewOf } from "../../app/desk/queues";
import { withChange, type ListKey } from "../../app/desk/state";
import type { Words } from "../../app/i18n";
import { toastDone, toastError } from "../../ui/toast";
import type { Priority } from "../../ui/Priority";
import type { Selection } from "./selection";

export interface Deed {
  what: Bulk["what"];
  agent_id?: number | null;
  team_id?: number | null;
  add?: number[];
  remove?: number[];
  until?: string;
  priority?: Priority;
}

const UNDO_FOR = 30_000;

/** What the server is to go through: the ticked ones, or the list itself. */
export function targetOf(selection: Pick<Selection, "ids" | "every">, list: ListKey): object {
  if (!selection.every) return { ids: [...selection.ids] };
  const view = viewOf(list);
  return { every: view === null ? { queue: list } : { view } };
}

export async function doToMany(desk: Desk, words: Words, deed: Deed, target: object): Promise<void> {
  const id = `bulk-${Date.now()}`;
  const before = new Set(Object.keys(desk.store.get().tables.bulks));
  const progress = () => {
    const running = Object.values(desk.store.get().tables.bulks).find((bulk) => !before.has(String(bulk.id)));
    return words.t("bulk.working", { done: running?.done ?? 0, total: running?.total ?? "…" });
  };
  const show = { id, withBorder: true, withCloseButton: false, autoClose: false as const, loading: true };
  notifications.show({ ...show, message: progress() });
  const stop = desk.store.subscribe(() => notifications.update({ ...show, message: progress() }));
  try {
    const done = await api.post<Bulk>(`${desk.base}/conversations/bulk`, { ...deed, ...target });
    stop();
    desk.store.set((state) => withChange(state, { put: { bulks: { [done.id]: done } } }));
    notifications.hide(id);
    offerUndo(desk, words, done);
  } catch (error) {
    stop();
    notifications.hide(id);
    toastError(words, error);
  }
}

function offerUndo(desk: Desk, words: Words, done: Bulk): void {
  const id = `bulk-undo-${done.id}`;
  const undo = async () => {
    notifications.hide(id);
    try {
      const undone = await api.post<Bulk>(`${desk.base}/conversations/bulk/${done.id}/undo`);
      toastDone(words.t("bulk.undone", { count: undone.changed }));
    } catch (error) {
      toastError(words, error);
    }
  };
  notifications.show({
    id,
    withBorder: true,
    autoClose: UNDO_FOR,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text fz="sm" data-testid="bulk-done">
          {words.t(`bulk.done.${done.what}`, { count: done.changed })}
        </Text>
        {done.changed > 0 && (
          <Button size="compact-sm" variant="light" style={{ flexShrink: 0 }} onClick={() => void undo()} data-testid="bulk-undo">
            {words.t("common.undo")}
          </Button>
        )}
      </Group>
    ),
  });
}
