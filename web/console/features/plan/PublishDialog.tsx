/** Before a plan is put into force: what changes, what is wrong, and a note for the others. */

import { Alert, Anchor, List, ScrollArea, Skeleton, Text, Textarea } from "@mantine/core";
import type { PlanDifference } from "@sonnim/protocol";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { FormDialog } from "../../ui/FormDialog";
import { toastDone } from "../../ui/toast";
import { useNames } from "./context";
import { Differences } from "./Differences";
import { rowName } from "./telling";
import { rowsOf, type Fault, type SectionName, type Version } from "./types";
import type { DraftDesk } from "./useDraft";

interface Props {
  desk: DraftDesk;
  onClose: () => void;
  onPublished: () => void;
}

export function PublishDialog({ desk, onClose, onPublished }: Props) {
  const { t, locale } = useWords();
  const { base } = useDesk();
  const [items, setItems] = useState<PlanDifference[] | null>(null);
  const [note, setNote] = useState("");
  const { settled } = desk;
  useEffect(() => {
    let wanted = true;
    settled()
      .then(() => api.get<{ items: PlanDifference[] }>(`${base}/plan/draft/differences?locale=${locale}`))
      .then(
        (found) => wanted && setItems(found.items),
        () => wanted && onClose(),
      );
    return () => void (wanted = false);
  }, [settled, base, locale, onClose]);

  const publish = async () => {
    const { n } = await api.post<Version>(`${base}/plan/publish`, { v: await settled(), note });
    toastDone(t("plan.published", { n }));
    onPublished();
    onClose();
  };
  const { faults } = desk.state;
  return (
    <FormDialog
      name="plan-publish"
      title={t("plan.publishTitle")}
      size="lg"
      onClose={onClose}
      onSave={publish}
      saveText={t("plan.publish")}
      ready={items !== null && items.length > 0 && !faults.length}
    >
      <Text fz="sm" c="dimmed">
        {t("plan.publishHint")}
      </Text>
      {faults.length > 0 && <Faults desk={desk} faults={faults} onClose={onClose} />}
      <ScrollArea.Autosize mah={320} type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": t("plan.changes") }}>
        {items ? <Differences items={items} /> : <Skeleton h={80} />}
      </ScrollArea.Autosize>
      <Textarea
        label={t("plan.note")}
        autosize
        minRows={2}
        maxRows={5}
        maxLength={300}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-testid="plan-note"
        data-autofocus
      />
    </FormDialog>
  );
}

function Faults({ desk, faults, onClose }: { desk: DraftDesk; faults: readonly Fault[]; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const names = useNames();
  return (
    <Alert color="red" title={t("plan.faults")} role="alert" data-testid="plan-faults">
      <List fz="sm">
        {faults.map((fault) => {
          const row = rowsOf(desk.document, fault.section as SectionName).find((each) => each.id === fault.row);
          return (
            <List.Item key={`${fault.section}.${fault.row}.${fault.field}.${fault.what}`}>
              <Anchor component={Link} to={`/plan/${fault.section}?at=${fault.row}.${fault.field}`} onClick={onClose} fz="sm" c="inherit">
                {row ? rowName(row, words, names) : fault.row}
              </Anchor>
              {` · ${words.lookup(`plan.field.${fault.field}`, "plan.title")}: ${t(`plan.fault.${fault.what}`)}`}
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
}
