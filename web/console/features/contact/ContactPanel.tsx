/** The person on the other side: who they are, their time of day, what is known of them, what was written before. */

import { ActionIcon, Badge, Box, Button, Center, Divider, Group, Menu, ScrollArea, Select, Skeleton, Stack, Text, Title, Tooltip } from "@mantine/core";
import type { Contact } from "@sonnim/protocol";
import {
  IconArrowMerge,
  IconBan,
  IconClock,
  IconDots,
  IconLanguage,
  IconMail,
  IconMailPlus,
  IconPhone,
  IconRosetteDiscountCheckFilled,
} from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { api } from "../../app/api";
import { useNow } from "../../app/clock";
import { useContact, useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { LANGUAGE_NAMES, LOCALES, useWords } from "../../app/i18n";
import { Confirm } from "../../ui/Confirm";
import { Editable } from "../../ui/Editable";
import { Face } from "../../ui/Face";
import { attempt } from "../../ui/toast";
import { writeLetter } from "../letters/asked";
import { useMayWriteLetters } from "../letters/Letters";
import { Attributes } from "./Attributes";
import { Consents } from "./Consents";
import { ContactTags } from "./ContactTags";
import { Field, Part } from "./Field";
import { History } from "./History";
import { showContact, useContactEdit } from "./useContactEdit";

const PromisesPart = lazy(() => import("../promises/PromisesPart").then((found) => ({ default: found.PromisesPart })));
const MergeDialog = lazy(() => import("./MergeDialog"));

interface Props {
  id: number;
  conversation: number | null;
  queue: string;
  /** Where to go when this contact has become another one. */
  onMerged?: (kept: Contact) => void;
}

export function ContactPanel({ id, conversation, queue, onMerged }: Props) {
  const { t } = useWords();
  const contact = useContact(id);
  const online = useDeskState((state) => state.contactPresence[id]?.online ?? false);
  const mayEdit = useMay("contact.edit");
  const edit = useContactEdit(contact);
  const writes = useMayWriteLetters();
  if (!contact) return <Skeleton h={180} m="md" />;
  const name = contact.name || t("contact.unnamed", { id });
  return (
    <ScrollArea h="100%" type="auto" scrollbarSize={8} bg="var(--sonnim-panel)">
      <Stack gap="md" p="md" maw={conversation === null ? 620 : undefined} component="aside" aria-label={t("contact.title")} data-testid="contact-panel">
        <Box pos="relative">
          <Stack align="center" gap={6} pt="xs">
            <Face name={name} size={64} presence={online ? "online" : "offline"} decorative />
            <Title order={conversation === null ? 2 : 3} fz="lg" ta="center">
              {name}
            </Title>
            <Group gap={6} justify="center">
              {contact.verified && (
                <Tooltip label={t("contact.verifiedHint")}>
                  <Badge leftSection={<IconRosetteDiscountCheckFilled size={13} />} data-testid="verified">
                    {t("contact.verified")}
                  </Badge>
                </Tooltip>
              )}
              {contact.blocked && (
                <Badge color="red" data-testid="blocked">
                  {t("contact.blocked")}
                </Badge>
              )}
              <Badge color={online ? "celadon" : "gray"}>{online ? t("contact.online") : t("contact.offline")}</Badge>
            </Group>
          </Stack>
          <Actions contact={contact} name={name} onMerged={onMerged} />
          {writes && contact.email && !contact.blocked && (
            <Center pt="xs">
              <Button size="compact-sm" variant="light" leftSection={<IconMailPlus size={15} />} onClick={() => writeLetter({ contact })} data-testid="contact-write">
                {t("contact.write")}
              </Button>
            </Center>
          )}
        </Box>
        <Divider color="var(--sonnim-line)" />
        <Stack gap={8}>
          <Field label={t("contact.name")}>
            <Editable label={t("contact.name")} value={contact.name} placeholder={t("contact.add")} disabled={!mayEdit} testid="contact-name" onSave={(value) => edit({ name: value })} />
          </Field>
          <Field label={t("contact.email")} icon={<IconMail size={14} />}>
            <Editable label={t("contact.email")} type="email" value={contact.email ?? ""} placeholder={t("contact.add")} disabled={!mayEdit} testid="contact-email" onSave={(value) => edit({ email: value })} />
          </Field>
          <Field label={t("contact.phone")} icon={<IconPhone size={14} />}>
            <Editable label={t("contact.phone")} type="tel" value={contact.phone ?? ""} placeholder={t("contact.add")} disabled={!mayEdit} testid="contact-phone" onSave={(value) => edit({ phone: value })} />
          </Field>
          <Field label={t("contact.language")} icon={<IconLanguage size={14} />}>
            <Select
              size="sm"
              variant="unstyled"
              aria-label={t("contact.language")}
              data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
              value={contact.locale}
              allowDeselect={false}
              disabled={!mayEdit}
              onChange={(value) => value && edit({ locale: value as Contact["locale"] })}
            />
          </Field>
          {contact.timezone && <LocalTime timezone={contact.timezone} />}
        </Stack>
        {conversation !== null && (
          <Suspense fallback={null}>
            <PromisesPart key={conversation} conversation={conversation} />
          </Suspense>
        )}
        <ContactTags contact={contact} mayEdit={mayEdit} />
        <Part title={t("contact.notes")}>
          <Box px={6}>
            <Editable multiline label={t("contact.notes")} value={contact.notes} placeholder={t("contact.notesHint")} disabled={!mayEdit} testid="contact-notes" onSave={(value) => edit({ notes: value })} />
          </Box>
        </Part>
        <Attributes contact={contact} mayEdit={mayEdit} edit={edit} />
        <History id={id} conversation={conversation} queue={queue} />
        <Consents contact={contact} mayEdit={mayEdit} />
      </Stack>
    </ScrollArea>
  );
}

function Actions({ contact, name, onMerged }: { contact: Contact; name: string; onMerged: Props["onMerged"] }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const mayMerge = useMay("contact.merge");
  const mayBlock = useMay("contact.block");
  const [asking, setAsking] = useState<"merge" | "block" | null>(null);
  if (!mayMerge && !mayBlock) return null;
  const set = (verb: "block" | "unblock") =>
    attempt(words, async () => showContact(desk, await api.post<Contact>(`${desk.base}/contacts/${contact.id}/${verb}`)));
  return (
    <Box pos="absolute" top={0} right={0}>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon aria-label={t("contact.more")} data-testid="contact-more">
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayMerge && (
            <Menu.Item leftSection={<IconArrowMerge size={16} />} onClick={() => setAsking("merge")} data-testid="contact-merge">
              {t("contact.merge")}
            </Menu.Item>
          )}
          {mayBlock && (
            <Menu.Item
              leftSection={<IconBan size={16} />}
              color={contact.blocked ? undefined : "red"}
              onClick={() => (contact.blocked ? void set("unblock") : setAsking("block"))}
              data-testid="contact-block"
            >
              {contact.blocked ? t("contact.unblock") : t("contact.block")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking === "block" && (
        <Confirm title={t("contact.blockName", { name })} text={t("contact.blockText")} action={t("contact.block")} onConfirm={() => set("block")} onClose={() => setAsking(null)} />
      )}
      {asking === "merge" && (
        <Suspense fallback={null}>
          <MergeDialog contact={contact} onClose={() => setAsking(null)} onMerged={(kept) => onMerged?.(kept)} />
        </Suspense>
      )}
    </Box>
  );
}

function LocalTime({ timezone }: { timezone: string }) {
  const { t, tag } = useWords();
  const format = useFormat();
  const now = useNow(30);
  let text: string;
  try {
    text = new Intl.DateTimeFormat(tag, { weekday: "short", hour: "numeric", minute: "2-digit", timeZone: timezone }).format(now);
  } catch {
    return null; // a zone that this browser does not know
  }
  return (
    <Field label={t("contact.localTime")} icon={<IconClock size={14} />}>
      <Text fz="sm" title={`${timezone} · ${format.full(now, timezone)}`} data-testid="local-time">
        {text}
      </Text>
    </Field>
  );
}
