/** A moment in the shop's time, picked by date and hour. */

import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { serverNow } from "../app/api";
import { momentOf, wallTime } from "../app/clock";
import { useDeskState } from "../app/desk/context";
import { useT } from "../app/i18n";

interface Props {
  title: string;
  /** What is done at that moment, on the button. */
  action: string;
  onClose: () => void;
  onPick: (at: number) => void;
}

const two = (n: number) => String(n).padStart(2, "0");

export function PickMoment({ title, action, onClose, onPick }: Props) {
  const t = useT();
  const zone = useDeskState((state) => state.shop.timezone);
  const [initial] = useState(() => {
    const wall = wallTime(zone, serverNow() + 86_400_000);
    return `${wall.year}-${two(wall.month)}-${two(wall.day)}T10:00`;
  });
  const [value, setValue] = useState(initial);
  const match = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(value);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match ? match.slice(1).map(Number) : [];
  const at = match ? momentOf(zone, { year, month, day, hour, minute }) : 0;
  const past = at <= serverNow();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack>
        <TextInput
          type="datetime-local"
          label={t("snooze.pickLabel", { zone })}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          error={past ? t("snooze.past") : undefined}
          data-testid="snooze-time"
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            disabled={past}
            onClick={() => {
              onPick(at);
              onClose();
            }}
            data-testid="snooze-confirm"
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
