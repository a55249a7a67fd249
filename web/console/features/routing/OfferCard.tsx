/** A conversation that is held out to me: who waits, what they said, how long I have. Enter takes it, Esc lets it go. */

import { Button, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import type { Offer } from "@sonnim/protocol";
import { useCallback, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { api, ApiError, serverNow } from "../../app/api";
import { useNow } from "../../app/clock";
import { useDesk, useDeskState } from "../../app/desk/context";
import { withChange } from "../../app/desk/state";
import { useWords } from "../../app/i18n";
import { useIsPhone } from "../../app/viewport";
import { ChannelIcon } from "../../ui/ChannelIcon";
import { Keys } from "../../ui/KeyTip";
import { attempt } from "../../ui/toast";

/** What a key press there is meant for itself. */
const OWN = "a, button, input, textarea, select, [contenteditable], [role=menu], [role=dialog], [role=option]";

export default function OfferCard({ offer, first }: { offer: Offer; first: boolean }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const channel = useDeskState((state) => state.channels.find(({ kind }) => kind === offer.channel));
  const keys = !useIsPhone() && first;
  useNow();
  const left = Math.max(0, Date.parse(offer.until) - serverNow());
  const whole = Math.max(1, Date.parse(offer.until) - Date.parse(offer.made_at));
  const name = offer.contact_name ? t("person", { name: offer.contact_name }) : t("contact.nameless");

  const answer = useCallback(
    async (what: "accept" | "decline") => {
      setBusy(true);
      let heard = true;
      const ask = () =>
        api.post(`${desk.base}/offers/${offer.id}/${what}`).catch((error: unknown) => {
          heard = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
          throw error;
        });
      const done = await attempt(words, ask);
      setBusy(false);
      // Done or refused, it is not held out any more; without an answer it is, and can be tried again.
      if (heard) desk.store.set((state) => withChange(state, { drop: { offers: [offer.id] } }));
      if (done && what === "accept") go(`/inbox/mine/${offer.conversation_id}`);
    },
    [words, desk, go, offer.id, offer.conversation_id],
  );

  useEffect(() => {
    if (!first) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return;
      if (event.key !== "Enter" && event.key !== "Escape") return;
      if (event.target instanceof Element && event.target.closest(OWN)) return;
      if (document.querySelector("[role=dialog]")) return;
      event.preventDefault();
      event.stopPropagation();
      void answer(event.key === "Enter" ? "accept" : "decline");
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [first, answer]);

  return (
    <Paper withBorder shadow="lg" radius="lg" p="md" role="alertdialog" aria-label={t("offer.title", { name })} data-testid="offer">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Group gap={6} wrap="nowrap" miw={0}>
            {channel && <ChannelIcon name={channel.icon} label={channel.names[words.locale] ?? channel.kind} />}
            <Text fw={650} truncate>
              {t("offer.title", { name })}
            </Text>
          </Group>
          <Text fz="sm" c="dimmed" ff="monospace" data-testid="offer-seconds">
            {t("offer.seconds", { count: Math.ceil(left / 1000) })}
          </Text>
        </Group>
        <Text fz="sm" lineClamp={3}>
          {offer.text}
        </Text>
        <Progress value={(left / whole) * 100} size="xs" aria-hidden />
        <Group grow gap="sm">
          <Button loading={busy} onClick={() => void answer("accept")} rightSection={keys && <Keys keys="Enter" />} data-testid="offer-accept">
            {t("offer.accept")}
          </Button>
          <Button variant="default" disabled={busy} onClick={() => void answer("decline")} rightSection={keys && <Keys keys="Esc" />} data-testid="offer-decline">
            {t("offer.decline")}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
