/** Where I am signed in, with a way to end each. */

import { Badge, Box, Button, Group, Stack, Text } from "@mantine/core";
import { IconDeviceLaptop, IconDeviceMobile } from "@tabler/icons-react";
import { useCallback, useEffect, useState } from "react";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { auth, signOut, type AuthSession } from "../../app/session";
import { Failed, RowSkeletons } from "../../ui/States";
import { attempt } from "../../ui/toast";
import { Card } from "./AccountPage";

/** "Firefox · Windows" out of a browser's long name of itself. */
export function deviceName(agent: string): string {
  const browser = /Edg\//.test(agent)
    ? "Edge"
    : /SamsungBrowser/.test(agent)
      ? "Samsung Internet"
      : /Firefox\//.test(agent)
        ? "Firefox"
        : /Chrome\//.test(agent)
          ? "Chrome"
          : /Safari\//.test(agent)
            ? "Safari"
            : "";
  const system = /iPhone|iPad/.test(agent)
    ? "iOS"
    : /Android/.test(agent)
      ? "Android"
      : /Windows/.test(agent)
        ? "Windows"
        : /Mac OS X/.test(agent)
          ? "macOS"
          : /Linux/.test(agent)
            ? "Linux"
            : "";
  return [browser, system].filter(Boolean).join(" · ") || agent.slice(0, 60);
}

export function SessionsSection() {
  const { t } = useWords();
  const [sessions, setSessions] = useState<readonly AuthSession[] | "failed" | null>(null);
  const load = useCallback(() => {
    auth.sessions().then(setSessions, () => setSessions("failed"));
  }, []);
  useEffect(load, [load]);
  return (
    <Card title={t("sessions.title")} hint={t("sessions.hint")}>
      {sessions === "failed" ? (
        <Failed onRetry={load} />
      ) : !sessions ? (
        <RowSkeletons count={2} />
      ) : (
        <Stack gap="sm">
          {sessions.map((each) => (
            <SessionRow key={each.id} session={each} onEnded={load} />
          ))}
        </Stack>
      )}
    </Card>
  );
}

function SessionRow({ session, onEnded }: { session: AuthSession; onEnded: () => void }) {
  const words = useWords();
  const { t } = words;
  const format = useFormat();
  const phone = /iPhone|Android/.test(session.user_agent);
  const Icon = phone ? IconDeviceMobile : IconDeviceLaptop;
  const end = () =>
    void attempt(words, () => (session.is_current ? signOut() : auth.endSession(session.id))).then(
      (done) => done && !session.is_current && onEnded(),
    );
  return (
    <Group gap="sm" data-testid="session">
      <Icon size={22} stroke={1.5} aria-hidden="true" />
      <Box flex={1} miw={140}>
        <Group gap={8}>
          <Text fz="sm" fw={550} title={session.user_agent}>
            {deviceName(session.user_agent)}
          </Text>
          {session.is_current && <Badge size="sm">{t("sessions.this")}</Badge>}
        </Group>
        <Text fz="xs" c="dimmed">
          {t("sessions.since", { address: session.ip, time: format.stamp(session.created_at * 1000) })}
        </Text>
      </Box>
      <Button size="compact-sm" variant="default" onClick={end} data-testid="session-end">
        {t("me.signOut")}
      </Button>
    </Group>
  );
}
