/** The person on the other side: who they are, their time of day, what was written before. */

import { Badge, Box, Divider, Group, ScrollArea, Select, Skeleton, Stack, Text, Title, Tooltip } from "@mantine/core";
import type { Contact } from "@sonnim/protocol";
import { IconClock, IconLanguage, IconMail, IconPhone, IconRosetteDiscountCheckFilled } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { api } from "../../app/api";
import { useNow } from "../../app/clock";
import { useContact, useDesk, useDeskState, useMay } from "../../app/desk/context";
import { withChange } from "../../app/desk/state";
import { useFormat } from "../../app/format";
import { LANGUAGE_NAMES, LOCALES, useWords } from "../../app/i18n";
import { Editable } from "../../ui/Editable";
import { Face } from "../../ui/Face";
import { toastError } from "../../ui/toast";
import { History } from "./History";

interface Props {
  id: number;
  conversation: number | null;
  queue: string;
}

type Change = Partial<Pick<Contact, "name" | "email" | "phone" | "notes" | "locale">>;

function useContactEdit(contact: Contact | undefined): (change: Change) => void {
  const desk = useDesk();
  const words = useWords();
  return (change) => {
    if (!contact) return;
    const show = (next: Contact) =>
      desk.store.set((state) => withChange(state, { put: { contacts: { [next.id]: next } } }));
    show({ ...contact, ...change });
    api.patch<Contact>(`${desk.base}/contacts/${contact.id}`, change).then(show, (error: unknown) => {
      show(contact);
      toastError(words, error);
    });
  };
}

export function ContactPanel({ id, conversation, queue }: Props) {
  const { t } = useWords();
  const contact = useContact(id);
  const online = useDeskState((state) => state.contactPresence[id]?.online ?? false);
  const mayEdit = useMay("contact.edit");
  const edit = useContactEdit(contact);
  if (!contact) return <Skeleton h={180} m="md" />;
  const name = contact.name || t("contact.unnamed", { id });
  return (
    <ScrollArea h="100%" type="auto" scrollbarSize={8} bg="var(--sonnim-panel)">
      <Stack gap="md" p="md" component="aside" aria-label={t("contact.title")} data-testid="contact-panel">
        <Stack align="center" gap={6} pt="xs">
          <Face name={name} size={64} presence={online ? "online" : "offline"} decorative />
          <Title order={3} fz="lg" ta="center">
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
            {contact.blocked && <Badge color="red">{t("contact.blocked")}</Badge>}
            <Badge color={online ? "celadon" : "gray"}>
              {online ? t("contact.online") : t("contact.offline")}
            </Badge>
          </Group>
        </Stack>
        <Divider color="var(--sonnim-line)" />
        <Stack gap={8}>
          <Field label={t("contact.name")}>
            <Editable
              label={t("contact.name")}
              value={contact.name}
              placeholder={t("contact.add")}
              disabled={!mayEdit}
              testid="contact-name"
              onSave={(value) => edit({ name: value })}
            />
          </Field>
          <Field label={t("contact.email")} icon={<IconMail size={14} />}>
            <Editable
              label={t("contact.email")}
              type="email"
              value={contact.email ?? ""}
              placeholder={t("contact.add")}
              disabled={!mayEdit}
              testid="contact-email"
              onSave={(value) => edit({ email: value })}
            />
          </Field>
          <Field label={t("contact.phone")} icon={<IconPhone size={14} />}>
            <Editable
              label={t("contact.phone")}
              type="tel"
              value={contact.phone ?? ""}
              placeholder={t("contact.add")}
              disabled={!mayEdit}
              testid="contact-phone"
              onSave={(value) => edit({ phone: value })}
            />
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
        <Box>
          <Text fz="xs" fw={600} c="dimmed" mb={6}>
            {t("contact.notes")}
          </Text>
          <Box px={6}>
            <Editable
              multiline
              label={t("contact.notes")}
              value={contact.notes}
              placeholder={t("contact.notesHint")}
              disabled={!mayEdit}
              testid="contact-notes"
              onSave={(value) => edit({ notes: value })}
            />
          </Box>
        </Box>
        <History id={id} conversation={conversation} queue={queue} />
      </Stack>
    </ScrollArea>
  );
}

function Field({ label, icon, children }: { label: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <Group gap={8} wrap="nowrap" align="center" mih={30}>
      <Group gap={5} w={88} miw={88} c="dimmed" wrap="nowrap">
        {icon}
        <Text fz="xs" style={{ whiteSpace: "nowrap" }}>
          {label}
        </Text>
      </Group>
      <Box flex={1} miw={0}>
        {children}
      </Box>
    </Group>
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
