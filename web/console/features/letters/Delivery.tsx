/** What went wrong on a message's way out, in the provider's own words, and the way to try again. */

import { Alert, Button, Group, Text } from "@mantine/core";
import type { Entry } from "@sonnim/protocol";
import { IconAlertTriangle, IconClockExclamation, IconHelpCircle } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../app/api";
import { useDesk, useMay } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { attempt } from "../../ui/toast";
import { useScene } from "../timeline/scene";
import { letterUrl } from "./sent";

export default function Delivery({ entry }: { entry: Entry }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const { letters } = useScene();
  const mayReply = useMay("conversation.reply");
  const [asking, setAsking] = useState(false);
  const { state = "", note = "" } = entry.delivery ?? {};
  if (state === "queued") {
    return (
      <Group gap={5} wrap="nowrap" c="dimmed" px={4} data-testid="delivery-note">
        <IconClockExclamation size={14} aria-hidden="true" style={{ flexShrink: 0 }} />
        <Text fz="xs" style={{ overflowWrap: "anywhere" }}>
          {t("delivery.again", { note })}
        </Text>
      </Group>
    );
  }
  const failed = state === "failed";
  const again = () => {
    setAsking(true);
    void attempt(words, async () => {
      // An address that has refused mail for good is tried once more when somebody says so.
      if (failed && letters) await api.post(`${letterUrl(base, entry)}/lift`);
      await api.post(`${base}/conversations/${entry.conversation_id}/entries/${entry.seq}/carry`);
    }).then(() => setAsking(false));
  };
  return (
    <Alert color={failed ? "red" : "gray"} p="xs" mt={4} icon={failed ? <IconAlertTriangle size={17} /> : <IconHelpCircle size={17} />} data-testid="delivery-note">
      <Text fz="xs" fw={550}>
        {t(failed ? "delivery.failed" : "delivery.unsure")}
      </Text>
      {note && (
        <Text fz="xs" mt={2} ff="monospace" style={{ overflowWrap: "anywhere" }} dir="auto">
          {note}
        </Text>
      )}
      {mayReply && (
        <Button size="compact-xs" mt={6} variant={failed ? "filled" : "default"} loading={asking} onClick={again} data-testid="send-again">
          {t("delivery.sendAgain")}
        </Button>
      )}
    </Alert>
  );
}
