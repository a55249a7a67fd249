/** Above the composer: what I just promised, to be kept in mind with one key; what I promised before and may have done. */

import { Box, Button, Group, Paper, Stack, Text } from "@mantine/core";
import type { Conversation, PromiseMade } from "@sonnim/protocol";
import { IconCircleCheck, IconHeartHandshake } from "@tabler/icons-react";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { keyOf, useCommand } from "../../app/commands";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Keys } from "../../ui/KeyTip";
import { attempt, toastDone, toastUndo } from "../../ui/toast";
import { keep, make, reopen } from "./promises";
import { useOffer, type Offer } from "./useOffer";
import { useByWhen } from "./when";

const PromiseDialog = lazy(() => import("./PromiseDialog"));

export function OfferStrip({ conversation }: { conversation: Conversation }) {
  const { offer, perhapsDone, settle, notYet } = useOffer(conversation);
  if (offer) return <New key={`${offer.seq} ${offer.found.start}`} conversation={conversation} offer={offer} onSettle={settle} />;
  if (perhapsDone) return <Done key={perhapsDone.id} promise={perhapsDone} onNotYet={() => notYet(perhapsDone)} />;
  return null;
}

interface NewProps {
  conversation: Conversation;
  offer: Offer;
  onSettle: () => void;
}

function New({ conversation, offer: { seq, found }, onSettle }: NewProps) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const byWhen = useByWhen();
  const [busy, setBusy] = useState(false);
  const [changing, setChanging] = useState(false);
  const keepIt = () => {
    if (busy) return;
    setBusy(true);
    void attempt(words, () => make(desk, conversation.id, seq, { act: found.act, due_at: found.proposed_at })).then((done) => {
      setBusy(false);
      if (!done) return;
      onSettle();
      toastDone(t("promise.noted"));
    });
  };
  useCommand("keepPromise", keepIt, !changing);
  const time = byWhen(found.proposed_at);
  const said = found.due_at === null ? "promise.foundOpen" : "promise.found";
  return (
    <Strip testid="promise-offer" icon={<IconHeartHandshake size={17} aria-hidden="true" />} text={t(said, { act: t(`promise.act.${found.act}`), time })}>
      <Button size="compact-xs" loading={busy} rightSection={<Key />} onClick={keepIt} data-testid="promise-keep">
        {t("promise.keep")}
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => setChanging(true)} data-testid="promise-change">
        {t("promise.change")}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onSettle} data-testid="promise-no">
        {t("promise.no")}
      </Button>
      {changing && (
        <Suspense>
          <PromiseDialog
            act={found.act}
            due={found.proposed_at}
            action={t("promise.keep")}
            onAct={(wanted) => make(desk, conversation.id, seq, wanted)}
            onDone={() => {
              onSettle();
              toastDone(t("promise.noted"));
            }}
            onClose={() => setChanging(false)}
          />
        </Suspense>
      )}
    </Strip>
  );
}

function Done({ promise, onNotYet }: { promise: PromiseMade; onNotYet: () => void }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const byWhen = useByWhen();
  const done = () =>
    void attempt(words, () => keep(desk, promise.id)).then((kept) => {
      if (kept) toastUndo(words, t("promise.keptToast"), () => void attempt(words, () => reopen(desk, promise.id)));
    });
  useCommand("keepPromise", done);
  const what = promise.note || t(`promise.act.${promise.act}`);
  return (
    <Strip
      testid="promise-done-offer"
      icon={<IconCircleCheck size={17} aria-hidden="true" />}
      text={t("promise.perhapsDone", { what, time: byWhen(promise.due_at) })}
    >
      <Button size="compact-xs" rightSection={<Key />} onClick={done} data-testid="promise-is-done">
        {t("promise.done")}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onNotYet} data-testid="promise-not-yet">
        {t("promise.notYet")}
      </Button>
    </Strip>
  );
}

function Key() {
  const keys = keyOf("keepPromise");
  if (!keys) return null;
  return (
    <Box visibleFrom="sm">
      <Keys keys={keys} />
    </Box>
  );
}

function Strip({ icon, text, testid, children }: { icon: ReactNode; text: string; testid: string; children: ReactNode }) {
  return (
    <Paper withBorder radius="md" px={10} py={6} mb={6} role="status" data-testid={testid}>
      <Group gap={8} justify="space-between">
        <Group gap={8} wrap="nowrap" miw={0} flex="1 1 220px">
          <Stack c="var(--sonnim-accent)" style={{ flexShrink: 0 }}>
            {icon}
          </Stack>
          <Text fz="sm">{text}</Text>
        </Group>
        <Group gap={6} wrap="nowrap">
          {children}
        </Group>
      </Group>
    </Paper>
  );
}
