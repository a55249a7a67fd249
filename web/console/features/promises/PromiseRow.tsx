/** One promise: what, by when, how long is left; done with a click, more in its menu. */

import { ActionIcon, Checkbox, Group, Menu } from "@mantine/core";
import type { PromiseMade } from "@sonnim/protocol";
import { IconCalendarClock, IconDots, IconHandOff, IconMessage } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useLocation } from "wouter";
import { useDesk, useMay } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { attempt, toastDone, toastUndo } from "../../ui/toast";
import { Left } from "./Left";
import { change, drop, keep, reopen } from "./promises";
import { useByWhen } from "./when";

const PromiseDialog = lazy(() => import("./PromiseDialog"));
const DropDialog = lazy(() => import("./DropDialog"));

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function PromiseRow({ promise }: { promise: PromiseMade }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const byWhen = useByWhen();
  const [, go] = useLocation();
  const may = useMay("conversation.reply");
  const [asking, setAsking] = useState<"change" | "drop" | null>(null);
  // Shown at once; what the server says wins.
  const [done, setDone] = useState(false);
  const what = promise.note || capital(t(`promise.act.${promise.act}`));
  const settle = () => {
    setDone(true);
    void attempt(words, () => keep(desk, promise.id)).then((kept) => {
      setDone(false);
      if (kept) toastUndo(words, t("promise.keptToast"), () => void attempt(words, () => reopen(desk, promise.id)));
    });
  };
  return (
    <Group component="li" gap={6} wrap="nowrap" align="flex-start" data-testid="promise" data-promise={promise.id} data-stage={promise.stage ?? ""}>
      <Checkbox
        flex={1}
        miw={0}
        size="sm"
        checked={done}
        disabled={!may || done}
        onChange={settle}
        label={what}
        description={t("promise.by", { time: byWhen(promise.due_at) })}
        styles={{ label: { overflowWrap: "anywhere" } }}
        data-testid="promise-check"
      />
      <Left promise={promise} />
      {may && (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon size="sm" aria-label={t("promise.more", { what })} data-testid="promise-menu">
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {promise.said_in_id !== null && (
              <Menu.Item leftSection={<IconMessage size={16} />} onClick={() => go(`/inbox/all/${promise.said_in_id}?at=${promise.said_seq}`)}>
                {t("promise.where")}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconCalendarClock size={16} />} onClick={() => setAsking("change")} data-testid="promise-move">
              {t("promise.move")}
            </Menu.Item>
            <Menu.Item leftSection={<IconHandOff size={16} />} onClick={() => setAsking("drop")} data-testid="promise-drop">
              {t("promise.drop")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Suspense>
        {asking === "change" && (
          <PromiseDialog
            fixed
            act={promise.act}
            due={promise.due_at}
            note={promise.note}
            action={t("common.save")}
            onAct={({ due_at, note }) => change(desk, promise.id, { due_at, note })}
            onDone={() => toastDone(t("promise.moved"))}
            onClose={() => setAsking(null)}
          />
        )}
        {asking === "drop" && <DropDialog onDrop={(reason) => drop(desk, promise.id, reason)} onClose={() => setAsking(null)} />}
      </Suspense>
    </Group>
  );
}
