/** What has still to be kept, mine and everybody's, the soonest due first. */

import { Anchor, Box, Button, Center, Group, Paper, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import type { PromiseMade } from "@sonnim/protocol";
import { IconHeartHandshake } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { useNow } from "../../app/clock";
import { useAgent, useContact, useConversation, useDesk, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { Sheet } from "../../app/Shell";
import { Empty } from "../../ui/States";
import { PromiseRow } from "./PromiseRow";
import { everybodys, isLate, mine, readPage } from "./promises";

type Whose = "me" | "all";

export default function PromisesPage() {
  const t = useT();
  const desk = useDesk();
  const format = useFormat();
  const now = useNow(15);
  const [whose, setWhose] = useState<Whose>("me");
  const [next, setNext] = useState<string | null>(null);
  const ready = useDeskState((state) => state.ready && state.link === "live");
  const own = useDeskState(mine);
  const all = useDeskState(everybodys);
  const promises = whose === "me" ? own : all;
  const late = promises.filter((each) => isLate(each, now)).length;
  useEffect(() => {
    let wanted = true; // whoever looks at the others' meanwhile goes on with theirs
    if (ready) readPage(desk, whose, null).then((found) => wanted && setNext(found), () => undefined);
    return () => void (wanted = false);
  }, [desk, whose, ready]);
  return (
    <Sheet>
      <Group justify="space-between" align="flex-end" gap="md">
        <Box>
          <Title order={1} fz="xl">
            {t("promises.title")}
          </Title>
          <Text c="dimmed" fz="sm" mt={4}>
            {t("promises.hint")}
          </Text>
        </Box>
        <SegmentedControl
          value={whose}
          onChange={(value) => setWhose(value as Whose)}
          aria-label={t("promises.whose")}
          data={[
            { value: "me", label: t("promises.mine", { count: own.length }) },
            { value: "all", label: t("promises.all", { count: all.length }) },
          ]}
          data-testid="promises-whose"
        />
      </Group>
      {late > 0 && (
        <Text fz="sm" fw={600} c="var(--sonnim-wait-late)" data-testid="promises-late">
          {t("promises.late", { count: late, n: format.number(late) })}
        </Text>
      )}
      {promises.length ? (
        <Stack gap="sm" data-testid="promises-list">
          {promises.map((promise) => (
            <About key={promise.id} promise={promise} named={whose === "all"} />
          ))}
        </Stack>
      ) : (
        <Box h={300}>
          <Empty icon={<IconHeartHandshake size={26} stroke={1.6} />} title={t("promises.empty")}>
            {t("promises.emptyHint")}
          </Empty>
        </Box>
      )}
      {next && (
        <Center>
          <Button variant="default" onClick={() => readPage(desk, whose, next).then(setNext, () => undefined)}>
            {t("promises.more")}
          </Button>
        </Center>
      )}
    </Sheet>
  );
}

function About({ promise, named }: { promise: PromiseMade; named: boolean }) {
  const t = useT();
  const conversation = useConversation(promise.conversation_id);
  const contact = useContact(conversation?.contact_id);
  const agent = useAgent(promise.agent_id);
  const name = contact?.name || (conversation ? t("contact.unnamed", { id: conversation.contact_id }) : `#${promise.conversation_id}`);
  return (
    <Paper withBorder radius="md" p="sm">
      <Stack gap={6}>
        <Group justify="space-between" gap={8} wrap="nowrap">
          <Text fw={600} fz="sm" truncate>
            {name}
            {named && agent && (
              <Text span fz="xs" c="dimmed" fw={400}>
                {` · ${agent.name}`}
              </Text>
            )}
          </Text>
          <Anchor component={Link} to={`/inbox/all/${promise.conversation_id}`} fz="sm" style={{ flexShrink: 0 }} data-testid={`promise-open-${promise.id}`}>
            {t("promises.open")}
          </Anchor>
        </Group>
        <Stack component="ul" m={0} p={0} style={{ listStyle: "none" }}>
          <PromiseRow promise={promise} />
        </Stack>
      </Stack>
    </Paper>
  );
}
