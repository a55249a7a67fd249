/** Everybody who has written, newest first; one of them in full beside the list, on a phone instead of it. */

import { ActionIcon, Badge, Box, Button, Center, Flex, Group, ScrollArea, Stack, Text, TextInput, Title, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Contact } from "@sonnim/protocol";
import { IconAddressBook, IconArrowLeft, IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Link, useLocation } from "wouter";
import { api } from "../../app/api";
import { useNow } from "../../app/clock";
import { useDesk, useDeskState } from "../../app/desk/context";
import { withChange } from "../../app/desk/state";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import type { ContactPage } from "../../app/types";
import { useIsPhone } from "../../app/viewport";
import { Face } from "../../ui/Face";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { ContactPanel } from "../contact/ContactPanel";
import { useContacts } from "./useContacts";

export default function ContactsPage({ contact }: { contact: number | null }) {
  const { t } = useWords();
  const phone = useIsPhone();
  const [, go] = useLocation();
  const { base, store } = useDesk();
  const known = useDeskState((state) => (contact === null ? true : state.tables.contacts[contact] !== undefined));
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    if (contact === null || known) return;
    // A link to a contact who was merged leads to whom they were merged into.
    api.get<ContactPage>(`${base}/contacts/${contact}`).then(
      (page) => {
        store.set((state) => withChange(state, { put: { contacts: { [page.contact.id]: page.contact } } }));
        if (page.contact.id !== contact) go(`/contacts/${page.contact.id}`, { replace: true });
      },
      () => setMissing(true),
    );
  }, [base, contact, go, known, store]);
  const panel =
    contact === null ? (
      <Empty icon={<IconAddressBook size={26} stroke={1.6} />} title={t("contacts.choose")}>
        {t("contacts.chooseHint")}
      </Empty>
    ) : missing && !known ? (
      <Empty icon={<IconAddressBook size={26} stroke={1.6} />} title={t("contacts.noneFound")} />
    ) : (
      <ContactPanel key={contact} id={contact} conversation={null} queue="all" onMerged={(kept) => go(`/contacts/${kept.id}`)} />
    );
  if (phone && contact !== null) {
    return (
      <Stack h="100%" gap={0}>
        <Group h={56} px={6} bg="var(--sonnim-panel)" style={{ borderBottom: "1px solid var(--sonnim-line)" }}>
          <ActionIcon component={Link} to="/contacts" aria-label={t("common.back")} size={44} data-testid="back">
            <IconArrowLeft size={22} />
          </ActionIcon>
          <Title order={1} fz="md">
            {t("contacts.title")}
          </Title>
        </Group>
        <Box flex={1} mih={0}>
          {panel}
        </Box>
      </Stack>
    );
  }
  return (
    <Flex h="100%" miw={0}>
      <Box flex={phone ? 1 : "0 0 380px"} miw={0} h="100%" style={phone ? undefined : { borderInlineEnd: "1px solid var(--sonnim-line)" }}>
        <List chosen={contact} />
      </Box>
      {!phone && (
        <Box flex={1} miw={0} h="100%" bg="var(--sonnim-panel)">
          {panel}
        </Box>
      )}
    </Flex>
  );
}

function List({ chosen }: { chosen: number | null }) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [wanted] = useDebouncedValue(text.trim(), 200);
  const contacts = useContacts(wanted);
  return (
    <Stack h="100%" gap={0}>
      <Stack gap="sm" p="md" pb="sm">
        <Title order={1} fz="1.25rem">
          {t("contacts.title")}
        </Title>
        <TextInput
          leftSection={<IconSearch size={16} />}
          placeholder={t("contacts.search")}
          aria-label={t("contacts.search")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-testid="contacts-search"
        />
      </Stack>
      <ScrollArea flex={1} mih={0} type="auto">
        {contacts.failed && <Failed onRetry={contacts.reload} />}
        {!contacts.failed && !contacts.items && <RowSkeletons />}
        {contacts.items?.map((each) => <Row key={each.id} contact={each} chosen={each.id === chosen} />)}
        {contacts.items && !contacts.items.length && (
          <Empty icon={<IconAddressBook size={26} stroke={1.6} />} title={wanted ? t("contacts.noneFound") : t("contacts.none")}>
            {wanted ? t("contacts.noneFoundHint") : t("contacts.noneHint")}
          </Empty>
        )}
        {contacts.next && (
          <Center p="md">
            <Button variant="light" loading={contacts.busy} onClick={contacts.more} data-testid="contacts-more">
              {t("contacts.more")}
            </Button>
          </Center>
        )}
      </ScrollArea>
    </Stack>
  );
}

function Row({ contact, chosen }: { contact: Contact; chosen: boolean }) {
  const { t } = useWords();
  const format = useFormat();
  const now = useNow(60);
  const online = useDeskState((state) => state.contactPresence[contact.id]?.online ?? false);
  const name = contact.name || t("contact.unnamed", { id: contact.id });
  return (
    <UnstyledButton
      component={Link}
      to={`/contacts/${contact.id}`}
      px="md"
      py={10}
      display="block"
      bg={chosen ? "var(--sonnim-selected)" : undefined}
      aria-current={chosen ? "true" : undefined}
      data-testid="contact-row"
    >
      <Group gap="sm" wrap="nowrap">
        <Face name={name} size={36} presence={online ? "online" : undefined} decorative />
        <Box flex={1} miw={0}>
          <Group gap={8} wrap="nowrap" justify="space-between">
            <Text fz="sm" fw={550} truncate>
              {name}
            </Text>
            <Text fz="xs" c="dimmed" style={{ flexShrink: 0 }} title={t("contacts.since", { time: format.full(contact.created_at) })}>
              {format.short(contact.created_at, now)}
            </Text>
          </Group>
          <Group gap={6} wrap="nowrap">
            <Text fz="xs" c="dimmed" truncate flex={1}>
              {[contact.email, contact.phone].filter(Boolean).join(" · ") || t("contacts.noAddress")}
            </Text>
            {contact.blocked && (
              <Badge size="xs" color="red">
                {t("contact.blocked")}
              </Badge>
            )}
          </Group>
        </Box>
      </Group>
    </UnstyledButton>
  );
}

