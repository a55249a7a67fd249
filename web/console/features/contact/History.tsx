/** How channels know a contact, and their other conversations. */

import { Badge, Box, Group, Skeleton, Stack, Text, UnstyledButton } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconRosetteDiscountCheck } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { api } from "../../app/api";
import { useNow } from "../../app/clock";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import type { ContactPage, Items } from "../../app/types";
import { scriptOf } from "../../ui/script";

interface Props {
  id: number;
  conversation: number | null;
  queue: string;
}

interface Known {
  identities: ContactPage["identities"];
  conversations: Conversation[];
}

export function History({ id, conversation, queue }: Props) {
  const { t, lookup } = useWords();
  const format = useFormat();
  const now = useNow(60);
  const { base } = useDesk();
  const table = useDeskState((state) => state.tables.conversations);
  const [known, setKnown] = useState<Known | "failed" | null>(null);
  useEffect(() => {
    let wanted = true;
    Promise.all([
      api.get<ContactPage>(`${base}/contacts/${id}`),
      api.get<Items<Conversation>>(`${base}/contacts/${id}/conversations`),
    ]).then(
      ([{ identities }, { items }]) => wanted && setKnown({ identities, conversations: items }),
      () => wanted && setKnown("failed"),
    );
    return () => void (wanted = false);
  }, [base, id]);
  if (known === "failed") {
    return (
      <Text fz="xs" c="dimmed">
        {t("contact.historyFailed")}
      </Text>
    );
  }
  if (!known) return <Skeleton h={90} />;
  const others = known.conversations.filter((each) => each.id !== conversation).map((each) => table[each.id] ?? each);
  return (
    <>
      {known.identities.length > 0 && (
        <Box>
          <Text fz="xs" fw={600} c="dimmed" mb={6}>
            {t("contact.identities")}
          </Text>
          <Stack gap={4}>
            {known.identities.map((each, i) => (
              <Group key={i} gap={6} wrap="nowrap">
                <Text fz="sm" truncate flex={1}>
                  {each.value || lookup(`identity.${each.kind}`, "identity.other")}
                </Text>
                {each.value && (
                  <Text fz="xs" c="dimmed">
                    {lookup(`identity.${each.kind}`, "identity.other")}
                  </Text>
                )}
                {each.verified && (
                  <IconRosetteDiscountCheck size={15} color="var(--sonnim-accent)" role="img" aria-label={t("contact.verified")} />
                )}
              </Group>
            ))}
          </Stack>
        </Box>
      )}
      <Box>
        <Text fz="xs" fw={600} c="dimmed" mb={6}>
          {t("contact.history")}
        </Text>
        {!others.length && (
          <Text fz="sm" c="dimmed">
            {t("contact.noHistory")}
          </Text>
        )}
        <Stack gap={2}>
          {others.map((each) => (
            <UnstyledButton
              key={each.id}
              component={Link}
              to={`/inbox/${queue}/${each.id}`}
              px={8}
              py={6}
              mx={-8}
              bdrs="md"
              data-testid="other-conversation"
            >
              <Group justify="space-between" gap={8} wrap="nowrap">
                <Text fz="xs" c="dimmed" title={format.full(each.last_at)}>
                  {format.short(each.last_at, now)}
                </Text>
                <Badge size="xs" color={each.status === "open" ? "celadon" : "gray"}>
                  {t(`status.${each.status}`)}
                </Badge>
              </Group>
              <Text fz="sm" lineClamp={2} lh={1.4} {...scriptOf(each.locale)}>
                {each.last_text || t("list.noText")}
              </Text>
            </UnstyledButton>
          ))}
        </Stack>
      </Box>
    </>
  );
}
