/** Two contacts are one person: find the other, see what joins, do it, and have a way back. */

import { Alert, Button, Group, Loader, Modal, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Contact } from "@sonnim/protocol";
import { IconAlertTriangle, IconArrowLeft, IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import type { Items } from "../../app/types";
import { attempt, errorText, toastUndo } from "../../ui/toast";
import { MergePreview, type Preview } from "./MergePreview";
import { Person } from "./Person";
import { showContact } from "./useContactEdit";

interface Props {
  contact: Contact;
  onClose: () => void;
  onMerged: (kept: Contact) => void;
}

export default function MergeDialog({ contact, onClose, onMerged }: Props) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const [other, setOther] = useState<Contact | null>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (!other) return;
    let wanted = true;
    api.get<Preview>(`${desk.base}/contacts/${contact.id}/merge/${other.id}`).then(
      (found) => wanted && setPreview(found),
      (error: unknown) => wanted && setWrong(errorText(words, error)),
    );
    return () => void (wanted = false);
  }, [desk, contact.id, other, words]);

  const back = () => {
    setOther(null);
    setPreview(null);
    setWrong("");
  };
  const merge = async () => {
    if (!other || !preview) return;
    setBusy(true);
    const done = await attempt(words, async () => {
      const answer = await api.post<{ merge_id: number; contact: Contact }>(`${desk.base}/contacts/${contact.id}/merge`, { with_id: other.id });
      showContact(desk, answer.contact);
      const undo = () =>
        void attempt(words, async () => showContact(desk, await api.post<Contact>(`${desk.base}/contact-merges/${answer.merge_id}/undo`)));
      toastUndo(words, t("joining.done", { name: answer.contact.name || t("contact.unnamed", { id: answer.contact.id }) }), undo);
      onMerged(answer.contact);
    });
    setBusy(false);
    if (done) onClose();
  };

  return (
    <Modal opened onClose={onClose} size="lg" title={t("joining.title")} closeButtonProps={{ "aria-label": t("common.close") }}>
      {!other && <Finder contact={contact} onPick={setOther} />}
      {other && wrong && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} role="alert">
          {wrong}
        </Alert>
      )}
      {other && !preview && !wrong && <Loader type="dots" mx="auto" my="xl" display="block" />}
      {preview && <MergePreview preview={preview} />}
      {other && (
        <Group justify="space-between" mt="lg">
          <Button variant="subtle" color="gray" leftSection={<IconArrowLeft size={16} />} onClick={back}>
            {t("joining.another")}
          </Button>
          <Group gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button loading={busy} disabled={!preview} onClick={() => void merge()} data-testid="merge-confirm">
              {t("joining.confirm")}
            </Button>
          </Group>
        </Group>
      )}
    </Modal>
  );
}

function Finder({ contact, onPick }: { contact: Contact; onPick: (other: Contact) => void }) {
  const { t } = useWords();
  const { base } = useDesk();
  const [text, setText] = useState("");
  const [wanted] = useDebouncedValue(text.trim(), 200);
  const [found, setFound] = useState<Contact[] | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const query = `limit=12&q=${encodeURIComponent(wanted)}`;
    api.get<Items<Contact>>(`${base}/contacts?${query}`, stop.signal).then(
      ({ items }) => setFound(items.filter((each) => each.id !== contact.id)),
      () => stop.signal.aborted || setFound([]),
    );
    return () => stop.abort();
  }, [base, wanted, contact.id]);
  return (
    <Stack gap="sm">
      <Text fz="sm" c="dimmed">
        {t("joining.lead")}
      </Text>
      <TextInput
        data-autofocus
        leftSection={<IconSearch size={16} />}
        placeholder={t("contacts.search")}
        aria-label={t("contacts.search")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-testid="merge-search"
      />
      <Stack gap={2} mih={120}>
        {found?.map((each) => (
          <UnstyledButton key={each.id} p={8} bdrs="md" onClick={() => onPick(each)} data-testid="merge-candidate">
            <Person contact={each} />
          </UnstyledButton>
        ))}
        {found && !found.length && (
          <Text fz="sm" c="dimmed" ta="center" py="lg">
            {t("contacts.noneFound")}
          </Text>
        )}
      </Stack>
    </Stack>
  );
}
