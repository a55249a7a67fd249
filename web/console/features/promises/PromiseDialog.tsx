/** A promise by hand, or at another time: what, by when, and a word about it. */

import { Select, TextInput } from "@mantine/core";
import type { PromiseAct } from "@sonnim/protocol";
import { useState } from "react";
import { serverNow } from "../../app/api";
import { momentOf, wallTime } from "../../app/clock";
import { useDeskState } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { Frame } from "../together/Frame";
import { ACTS, type Wanted } from "./promises";

interface Props {
  act: PromiseAct;
  due: string;
  note?: string;
  /** What was promised stays what it is; only the time and the note may change. */
  fixed?: boolean;
  action: string;
  onAct: (wanted: Wanted) => Promise<unknown>;
  onDone: () => void;
  onClose: () => void;
}

const two = (n: number) => String(n).padStart(2, "0");

export default function PromiseDialog({ act: first, due, note: written = "", fixed = false, action, onAct, onDone, onClose }: Props) {
  const t = useT();
  const zone = useDeskState((state) => state.shop.timezone);
  const [act, setAct] = useState(first);
  const [note, setNote] = useState(written);
  const [value, setValue] = useState(() => {
    const wall = wallTime(zone, Date.parse(due));
    return `${wall.year}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}`;
  });
  const match = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(value);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match ? match.slice(1).map(Number) : [];
  const at = match ? momentOf(zone, { year, month, day, hour, minute }) : 0;
  const past = at <= serverNow();
  return (
    <Frame
      title={t("promise.title")}
      action={action}
      ready={!past}
      testid="promise-dialog"
      onAct={() => onAct({ act, due_at: new Date(at).toISOString(), note: note.trim() })}
      onDone={onDone}
      onClose={onClose}
    >
      <Select
        label={t("promise.what")}
        data={ACTS.map((each) => ({ value: each, label: t(`promise.act.${each}`) }))}
        value={act}
        onChange={(chosen) => chosen && setAct(chosen as PromiseAct)}
        allowDeselect={false}
        disabled={fixed}
        data-testid="promise-act"
      />
      <TextInput
        type="datetime-local"
        label={t("promise.when", { zone })}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        error={past ? t("snooze.past") : undefined}
        data-autofocus
        data-testid="promise-due"
      />
      <TextInput
        label={t("promise.note")}
        placeholder={t("promise.noteHint")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={200}
        dir="auto"
        data-testid="promise-note"
      />
    </Frame>
  );
}
