/** Says calmly that the line is down, what that means, and that nothing is lost. */

import { Button, Group, Text } from "@mantine/core";
import type { LinkState } from "@sonnim/protocol";
import { IconPlugConnected, IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useDesk, useDeskState } from "./desk/context";
import { useT } from "./i18n";

const PATIENCE = 1_500;

export function LineBanner() {
  const link = useDeskState((state) => state.link);
  return link === "live" || link === "revoked" ? null : <Down link={link} />;
}

function Down({ link }: { link: LinkState }) {
  const t = useT();
  const desk = useDesk();
  const ready = useDeskState((state) => state.ready);
  const queued = useDeskState((state) => state.outbox.filter((item) => item.state === "waiting").length);
  const [patient, setPatient] = useState(true);

  useEffect(() => {
    // A hiccup of a second is nobody's business.
    const timer = setTimeout(() => setPatient(false), PATIENCE);
    return () => clearTimeout(timer);
  }, []);

  if (patient) return null;
  const offline = link === "offline";
  const text = offline ? t("line.offline") : ready ? t("line.reconnecting") : t("line.connecting");
  return (
    <Group
      role="status"
      data-testid="line-banner"
      data-state={link}
      bg="var(--mantine-color-gray-filled)"
      c="white"
      px="md"
      py={6}
      gap="xs"
      justify="center"
    >
      {offline ? <IconPlugConnectedX size={16} aria-hidden="true" /> : <IconPlugConnected size={16} aria-hidden="true" />}
      <Text fz="sm">{text}</Text>
      {queued > 0 && <Text fz="sm">{t("line.queued", { count: queued })}</Text>}
      {offline && (
        <Button size="compact-xs" variant="white" color="gray" onClick={() => desk.wake()}>
          {t("line.now")}
        </Button>
      )}
    </Group>
  );
}
