/** Where one stands on the ladder: the steps, what was granted, the menu, and the gentle no. */

import { Anchor, Box, Group, Loader, ScrollArea, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Ladder } from "@sonnim/protocol";
import { useCallback, useEffect, useState } from "react";
import { Link } from "wouter";
import { useConversation, useDesk, useDeskState } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { Failed } from "../../ui/States";
import { Conceded } from "./Conceded";
import { Granted } from "./Granted";
import { readLadder, type Offered, type Wanted } from "./ladder";
import { willOffer } from "./noting";
import { Refusals } from "./Refusals";
import { Step } from "./Step";

interface Props {
  conversation: number;
  onSay: (text: string) => void;
  onClose: () => void;
}

export default function LadderPanel({ conversation, onSay, onClose }: Props) {
  const t = useT();
  const [order, setOrder] = useState("");
  const [asked] = useDebouncedValue(order, 300);
  const { ladder, failed, reload } = useLadder(conversation, asked);
  const [chosen, setChosen] = useState<string | null>(null);
  const [more, setMore] = useState(false);
  if (!ladder && failed) return <Failed onRetry={reload} />;
  if (!ladder) return <Loader type="dots" m="md" aria-label={t("common.loading")} />;
  if (!ladder.version) return <NoPlan />;
  const say = (entry: Pick<Offered, "title" | "kind">, wanted: Wanted) => {
    willOffer({ conversation, wanted, title: entry.title, kind: entry.kind, key: crypto.randomUUID() });
    onSay(wanted.sentence);
  };
  const open = chosen ?? ladder.next ?? "";
  const onLadder = new Set(ladder.steps.map((step) => step.concession));
  const rest = ladder.menu.filter((entry) => !onLadder.has(entry.id) && entry.why !== "not_now");
  const shared = { conversation, order, onSay: say, onAsked: onClose };
  return (
    <ScrollArea.Autosize mah="min(62vh, 560px)" type="auto">
      <Stack gap="sm" p="md" data-testid="ladder">
        <Group justify="space-between" gap={8}>
          <Title order={2} fz="md">
            {t("ladder.title")}
          </Title>
          <TextInput
            size="xs"
            w={150}
            aria-label={t("ladder.order")}
            placeholder={t("ladder.order")}
            value={order}
            maxLength={80}
            onChange={(event) => setOrder(event.currentTarget.value)}
            data-testid="ladder-order"
          />
        </Group>
        <Granted approvals={ladder.approvals} menu={ladder.menu} {...shared} />
        <Stack gap={4} role="list">
          {ladder.steps
            .filter((step) => step.why !== "unknown" && step.why !== "not_now")
            .map((step) => (
              <Step
                key={step.id}
                entry={{ ...step, id: step.concession, step: step.id }}
                behind={step.behind}
                next={step.id === ladder.next}
                open={open === step.id}
                onOpen={() => setChosen(open === step.id ? "" : step.id)}
                {...shared}
              />
            ))}
        </Stack>
        {rest.length > 0 && (
          <Box>
            <Anchor component="button" type="button" fz="sm" aria-expanded={more} onClick={() => setMore(!more)} data-testid="ladder-more">
              {t("ladder.more")}
            </Anchor>
            {more && (
              <Stack gap={4} role="list" mt={4}>
                {rest.map((entry) => (
                  <Step
                    key={entry.id}
                    entry={{ ...entry, step: "" }}
                    open={open === `menu ${entry.id}`}
                    onOpen={() => setChosen(open === `menu ${entry.id}` ? "" : `menu ${entry.id}`)}
                    {...shared}
                  />
                ))}
              </Stack>
            )}
          </Box>
        )}
        <Refusals refusals={ladder.refusals} onSay={onSay} />
        <Conceded conceded={ladder.conceded} onChange={reload} />
      </Stack>
    </ScrollArea.Autosize>
  );
}

/** Read anew whenever the conversation has changed: what a colleague concedes meanwhile is behind for me too. */
function useLadder(conversation: number, order: string): { ladder: Ladder | null; failed: boolean; reload: () => void } {
  const desk = useDesk();
  const version = useConversation(conversation)?.v;
  const [ladder, setLadder] = useState<Ladder | null>(null);
  const [failed, setFailed] = useState(false);
  const read = useCallback(() => {
    let wanted = true;
    // Offline one sees what was known; the panel is asked for again with the next change.
    readLadder(desk, conversation, order).then(
      (found) => {
        if (!wanted) return;
        setLadder(found);
        setFailed(false);
      },
      () => wanted && setFailed(true),
    );
    return () => void (wanted = false);
  }, [desk, conversation, order]);
  useEffect(() => read(), [read, version]);
  return { ladder, failed, reload: read };
}

function NoPlan() {
  const t = useT();
  const manages = useDeskState((state) => state.permissions.includes("plan.manage"));
  return (
    <Stack gap={6} p="md" data-testid="ladder-no-plan">
      <Text fw={600}>{t("ladder.noPlan")}</Text>
      <Text fz="sm" c="dimmed">
        {t("ladder.noPlanHint")}
      </Text>
      <Anchor component={Link} to="/plan" fz="sm">
        {t(manages ? "ladder.writePlan" : "ladder.readPlan")}
      </Anchor>
    </Stack>
  );
}
