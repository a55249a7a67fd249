/** How channels know a contact, who turned out to be the same person, and all their conversations. */

import { Badge, Button, Group, Skeleton, Stack, Text, UnstyledButton } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconRosetteDiscountCheck } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { api } from "../../app/api";
import { useNow } from "../../app/clock";
import { useContact, useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import type { ContactPage, Items } from "../../app/types";
import { scriptOf } from "../../ui/script";
import { attempt } from "../../ui/toast";
import { Part } from "./Field";
import { showContact } from "./useContactEdit";

interface Props {
  id: number;
  conversation: number | null;
  queue: string;
}

export function History({ id, conversation, queue }: Props) {
  const { t } = useWords();
  const { base } = useDesk();
  const v = useContact(id)?.v;
  const [known, setKnown] = useState<ContactPage | "failed" | null>(null);
  useEffect(() => {
    let wanted = true;
    // What the contact is known by changes with the contact: a merge, an undo.
    api.get<ContactPage>(`${base}/contacts/${id}`).then(
      (page) => wanted && setKnown(page),
      () => wanted && setKnown("failed"),
    );
    return () => void (wanted = false);
  }, [base, id, v]);
  if (known === "failed") {
    return (
      <Text fz="xs" c="dimmed">
        {t("contact.historyFailed")}
      </Text>
    );
  }
  if (!known) return <Skeleton h={90} />;
  return (
    <>
      {known.identities.length > 0 && <Identities page={known} />}
      {known.merges.length > 0 && <Merges page={known} />}
      <Conversations key={`${id}:${known.merges.length}`} id={id} conversation={conversation} queue={queue} />
    </>
  );
}

function Identities({ page }: { page: ContactPage }) {
  const { t, lookup } = useWords();
  const browsers = page.identities.filter((each) => !each.value);
  const named = page.identities.filter((each) => each.value);
  return (
    <Part title={t("contact.identities")}>
      <Stack gap={4} data-testid="identities">
        {named.map((each) => (
          <Group key={`${each.kind}:${each.value}`} gap={6} wrap="nowrap">
            <Text fz="sm" truncate flex={1}>
              {each.value}
            </Text>
            <Text fz="xs" c="dimmed">
              {lookup(`identity.${each.kind}`, "identity.other")}
            </Text>
            {each.verified && (
              <IconRosetteDiscountCheck size={15} color="var(--sonnim-accent)" role="img" aria-label={t("contact.verified")} />
            )}
          </Group>
        ))}
        {browsers.length > 0 && <Text fz="sm">{t("contact.browsers", { count: browsers.length })}</Text>}
      </Stack>
    </Part>
  );
}

function Merges({ page }: { page: ContactPage }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const agents = useDeskState((state) => state.tables.agents);
  const format = useFormat();
  const now = useNow(60);
  const may = useMay("contact.merge");
  const undo = (id: number) =>
    void attempt(words, async () => showContact(desk, await api.post(`${desk.base}/contact-merges/${id}/undo`)));
  return (
    <Part title={t("contact.merges")}>
      <Stack gap={4}>
        {page.merges.map((merge) => (
          <Group key={merge.id} gap={8} wrap="nowrap" align="flex-start" data-testid="merge">
            <Text fz="sm" flex={1} title={format.full(merge.at)}>
              {merge.gone_name || t("contact.unnamed", { id: merge.gone_id })}
              <Text span fz="xs" c="dimmed" display="block">
                {agents[merge.by_id]?.name} · {format.short(merge.at, now)}
              </Text>
            </Text>
            {may && (
              <Button size="compact-xs" variant="light" onClick={() => undo(merge.id)} data-testid="merge-undo">
                {t("common.undo")}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Part>
  );
}

function Conversations({ id, conversation, queue }: Props) {
  const words = useWords();
  const { t } = words;
  const format = useFormat();
  const now = useNow(60);
  const { base } = useDesk();
  const table = useDeskState((state) => state.tables.conversations);
  const [items, setItems] = useState<Conversation[] | null>(null);
  const [next, setNext] = useState<string | number | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let wanted = true;
    api.get<Items<Conversation>>(`${base}/contacts/${id}/conversations`).then(
      (page) => {
        if (!wanted) return;
        setItems(page.items);
        setNext(page.next ?? null);
      },
      () => wanted && setItems([]),
    );
    return () => void (wanted = false);
  }, [base, id]);
  if (!items) return <Skeleton h={90} />;
  const more = async () => {
    setBusy(true);
    await attempt(words, async () => {
      const page = await api.get<Items<Conversation>>(`${base}/contacts/${id}/conversations?cursor=${String(next)}`);
      setItems((now) => [...(now ?? []), ...page.items]);
      setNext(page.next ?? null);
    });
    setBusy(false);
  };
  const others = items.filter((each) => each.id !== conversation).map((each) => table[each.id] ?? each);
  return (
    <Part title={t(conversation === null ? "contact.allHistory" : "contact.history")}>
      {!others.length && (
        <Text fz="sm" c="dimmed">
          {t(conversation === null ? "contact.neverWrote" : "contact.noHistory")}
        </Text>
      )}
      <Stack gap={2}>
        {others.map((each) => (
          <UnstyledButton key={each.id} component={Link} to={`/inbox/${queue}/${each.id}`} px={8} py={6} mx={-8} bdrs="md" data-testid="other-conversation">
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
        {next && (
          <Button size="xs" variant="light" loading={busy} onClick={() => void more()} data-testid="more-conversations">
            {t("contact.moreHistory")}
          </Button>
        )}
      </Stack>
    </Part>
  );
}
