/** Whether the shop answers now: as its business hours say, or as somebody says. It takes effect at once. */

import { Box, SegmentedControl, Skeleton, Text, Title } from "@mantine/core";
import { useState } from "react";
import { api } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import { useIsPhone } from "../../../app/viewport";
import { attempt, toastDone } from "../../../ui/toast";
import type { Calendar } from "../hours/calendar";
import { useResource } from "../resource";

const MODES = ["auto", "open", "closed"] as const;
type Mode = (typeof MODES)[number];

export function OpenMode() {
  const calendars = useResource<{ items: Calendar[] }>("/hours/calendars");
  if (!calendars.data) return <Skeleton h={36} />;
  const now = calendars.data.items[0]?.now;
  const lasting = now?.by_hand && !now.until;
  return <Chooser saved={lasting ? (now.is_open ? "open" : "closed") : "auto"} />;
}

function Chooser({ saved }: { saved: Mode }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const phone = useIsPhone();
  const [mode, setMode] = useState<Mode>(saved);
  const choose = async (wanted: Mode) => {
    const before = mode;
    setMode(wanted);
    const path = `${base}/hours/now`;
    const body = { is_open: wanted === "open", lasting: true };
    const done = await attempt(words, async () => {
      await (wanted === "auto" ? api.delete(path) : api.post(path, body));
      return true;
    });
    if (done) toastDone(t("common.saved"));
    else setMode(before);
  };
  return (
    <Box>
      <Title order={2} fz="lg" id="open-mode">
        {t("widget.openTitle")}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {t("widget.openHint")}
      </Text>
      <SegmentedControl
        aria-labelledby="open-mode"
        orientation={phone ? "vertical" : "horizontal"}
        fullWidth={phone}
        data={MODES.map((value) => ({ value, label: t(`widget.open.${value}`) }))}
        value={mode}
        onChange={(value) => void choose(value as Mode)}
        data-testid="open-mode"
      />
    </Box>
  );
}
