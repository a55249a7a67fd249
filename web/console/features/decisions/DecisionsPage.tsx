/** What colleagues have asked me to decide, the soonest due first. */

import { Anchor, Box, Group, Stack, Text, Title } from "@mantine/core";
import type { Question } from "@sonnim/protocol";
import { IconGavel } from "@tabler/icons-react";
import { useEffect } from "react";
import { Link } from "wouter";
import { useContact, useConversation, useDesk, useDeskState } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { Sheet } from "../../app/Shell";
import { Empty } from "../../ui/States";
import { readAbout } from "../together/actions";
import { mine } from "../together/deciding";
import { QuestionCard } from "../together/QuestionCard";

export default function DecisionsPage() {
  const t = useT();
  const questions = useDeskState(mine);
  return (
    <Sheet>
      <Box>
        <Title order={1} fz="xl">
          {t("decisions.title")}
        </Title>
        <Text c="dimmed" fz="sm" mt={4}>
          {t("decisions.hint")}
        </Text>
      </Box>
      {questions.length ? (
        <Stack gap="lg" data-testid="decisions">
          {questions.map((question) => (
            <Waiting key={question.id} question={question} />
          ))}
        </Stack>
      ) : (
        <Box h={300}>
          <Empty icon={<IconGavel size={26} stroke={1.6} />} title={t("decisions.empty")}>
            {t("decisions.emptyHint")}
          </Empty>
        </Box>
      )}
    </Sheet>
  );
}

function Waiting({ question }: { question: Question }) {
  const t = useT();
  const desk = useDesk();
  const { conversation_id: id } = question;
  const conversation = useConversation(id);
  const contact = useContact(conversation?.contact_id);
  useEffect(() => {
    if (!conversation) readAbout(desk, id).catch(() => undefined);
    else if (!contact) desk.loadContact(conversation.contact_id);
  }, [desk, id, conversation, contact]);
  const name = contact?.name || (conversation ? t("contact.unnamed", { id: conversation.contact_id }) : `#${id}`);
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap={8}>
        <Text fw={600} fz="sm">
          {name}
        </Text>
        <Anchor component={Link} to={`/inbox/all/${id}`} fz="sm" data-testid={`decision-open-${id}`}>
          {t("decisions.open")}
        </Anchor>
      </Group>
      <QuestionCard question={question} />
    </Stack>
  );
}
