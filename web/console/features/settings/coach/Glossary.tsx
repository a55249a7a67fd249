/** Words that shoppers do not know, each with a plain one: added, worded anew, taken out, pasted by the dozen. */

import { ActionIcon, Button, Group, Paper, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArrowRight, IconBook2, IconClipboardPlus, IconPencil, IconSearch, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useMay } from "../../../app/desk/context";
import { useT, useWords } from "../../../app/i18n";
import { Empty, Failed, RowSkeletons } from "../../../ui/States";
import { toastUndo } from "../../../ui/toast";
import { added, edited, merged, removed, sought, type Change, type Term } from "./glossary";
import { NewTerm } from "./NewTerm";
import { PasteDialog } from "./PasteDialog";
import { TermDialog } from "./TermDialog";
import { explain, useGlossary } from "./useGlossary";

const MANY = 10;

export function Glossary() {
  const words = useWords();
  const { t } = words;
  const manages = useMay("plan.manage");
  const { terms, failed, reload, save } = useGlossary();
  const [editing, setEditing] = useState<Term | null>(null);
  const [pasting, setPasting] = useState(false);
  const [text, setText] = useState("");
  if (failed && !terms) return <Failed onRetry={reload} />;
  if (!terms) return <RowSkeletons count={3} />;
  const orTell = (change: Change, then?: () => void) =>
    void save(change).then(then, (error: unknown) =>
      notifications.show({ color: "red", message: explain(words, error), autoClose: 7000, withBorder: true, closeButtonProps: { "aria-label": t("common.close") } }),
    );
  const remove = (term: Term) => {
    const at = terms.indexOf(term);
    orTell(removed(term), () => toastUndo(words, t("coach.termRemoved", { term: term.term }), () => orTell(added(term, at))));
  };
  const shown = sought(terms, text);
  return (
    <Stack gap="md">
      {manages && (
        <Stack gap="xs">
          <NewTerm onAdd={(term) => save(added(term))} />
          <Group>
            <Button variant="default" size="xs" leftSection={<IconClipboardPlus size={15} />} onClick={() => setPasting(true)} data-testid="terms-paste">
              {t("coach.paste")}
            </Button>
          </Group>
        </Stack>
      )}
      {!terms.length && (
        <Empty icon={<IconBook2 size={26} stroke={1.6} />} title={t("coach.termsNone")}>
          {t("coach.glossaryHint")}
        </Empty>
      )}
      {terms.length > MANY && (
        <TextInput
          type="search"
          maw={360}
          leftSection={<IconSearch size={16} />}
          placeholder={t("coach.findTerm")}
          aria-label={t("coach.findTerm")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-testid="term-search"
        />
      )}
      {shown.length > 0 && (
        <Paper withBorder radius="lg" px="md" py={4}>
          {shown.map((term) => (
            <Row key={term.term} term={term} {...(manages && { onEdit: () => setEditing(term), onRemove: () => remove(term) })} />
          ))}
        </Paper>
      )}
      {terms.length > 0 && !shown.length && (
        <Text fz="sm" c="dimmed">
          {t("coach.termsNotFound")}
        </Text>
      )}
      {editing && <TermDialog term={editing} onSave={(to) => save(edited(editing, to))} onClose={() => setEditing(null)} />}
      {pasting && <PasteDialog onSave={(more) => save(merged(more))} onClose={() => setPasting(false)} />}
    </Stack>
  );
}

function Row({ term, onEdit, onRemove }: { term: Term; onEdit?: () => void; onRemove?: () => void }) {
  const t = useT();
  return (
    <Group gap="xs" wrap="nowrap" mih={44} data-testid="term">
      <Group gap={8} flex={1} miw={0} py={6}>
        <Text fw={550} style={{ overflowWrap: "anywhere" }}>
          {term.term}
        </Text>
        <IconArrowRight size={15} aria-hidden="true" color="var(--mantine-color-dimmed)" style={{ flexShrink: 0 }} />
        <Text style={{ overflowWrap: "anywhere" }}>{term.plain}</Text>
      </Group>
      {onEdit && (
        <ActionIcon aria-label={t("coach.termEdit", { term: term.term })} onClick={onEdit} data-testid="term-edit">
          <IconPencil size={17} />
        </ActionIcon>
      )}
      {onRemove && (
        <ActionIcon aria-label={t("coach.termRemove", { term: term.term })} onClick={onRemove} data-testid="term-remove">
          <IconTrash size={17} />
        </ActionIcon>
      )}
    </Group>
  );
}
