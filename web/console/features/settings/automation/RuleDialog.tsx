/** A rule as sentences: when, if, then. */

import { Button, Checkbox, Stack, Text, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconHistoryToggle } from "@tabler/icons-react";
import { useState } from "react";
import { api, ApiError } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import { FormDialog } from "../../../ui/FormDialog";
import { errorText } from "../../../ui/toast";
import { ConditionDetails, DeedDetails, EventDetails } from "./Details";
import { RehearsalDialog } from "./RehearsalDialog";
import { Rows } from "./Rows";
import { begun, DEEDS, EVENTS, FIELDS, fresh, isComplete, opsOf, type Condition, type Rule, type Vocabulary, type Wording } from "./rule";

interface Props {
  rule: Rule | null;
  vocabulary: Vocabulary;
  onClose: () => void;
  onSaved: (rule: Rule) => void;
}

/** `items` with one of them another, or without it. */
function replaced<T>(items: readonly T[], at: number, item?: T): T[] {
  return item === undefined ? items.filter((_, n) => n !== at) : items.map((each, n) => (n === at ? item : each));
}

export function RuleDialog({ rule, vocabulary, onClose, onSaved }: Props) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const phone = useMediaQuery("(max-width: 48em)");
  const [name, setName] = useState(rule?.name ?? "");
  const [wording, setWording] = useState<Wording>(rule?.wording ?? fresh());
  const [trying, setTrying] = useState(false);
  const set = (change: Partial<Wording>) => setWording((now) => ({ ...now, ...change }));
  const choices = <T extends string>(names: readonly T[], prefix: string) => names.map((value) => ({ value, label: words.lookup(`${prefix}.${value}`, "rule.when") }));
  const save = async () => {
    const body = { name, active: rule?.active ?? true, wording };
    onSaved(rule ? await api.put<Rule>(`${base}/rules/${rule.id}`, body) : await api.post<Rule>(`${base}/rules`, body));
    onClose();
  };
  const explain = (_: unknown, error: unknown) =>
    error instanceof ApiError && error.status === 422 ? t("rule.refused", { why: error.message }) : errorText(words, error);
  const conditions = (which: "all" | "any", title: string) => (
    <Rows<Condition>
      name={`if-${which}`}
      title={title}
      items={wording.if[which]}
      most={20}
      kinds={choices(FIELDS, "rule.field")}
      add={t("rule.addCondition")}
      onAdd={(field) => set({ if: { ...wording.if, [which]: [...wording.if[which], { field, op: opsOf(field)[0] ?? "is", value: [] }] } })}
      onRemove={(at) => set({ if: { ...wording.if, [which]: replaced(wording.if[which], at) } })}
      row={(item, at) => <ConditionDetails item={item} vocabulary={vocabulary} onChange={(next) => set({ if: { ...wording.if, [which]: replaced(wording.if[which], at, next) } })} />}
    />
  );
  if (trying) return <RehearsalDialog wording={wording} vocabulary={vocabulary} onClose={() => setTrying(false)} />;
  const whole = isComplete(wording);
  const ready = name.trim() !== "" && wording.when.length > 0 && wording.then.length > 0 && whole;
  return (
    <FormDialog
      name="rule"
      size="lg"
      fullScreen={phone === true}
      title={rule ? t("rule.edit", { name: rule.name }) : t("rule.new")}
      onClose={onClose}
      onSave={save}
      explain={explain}
      ready={ready}
      aside={
        <Button variant="subtle" disabled={!ready} leftSection={<IconHistoryToggle size={17} />} onClick={() => setTrying(true)} data-testid="rehearse">
          {t("rule.rehearse")}
        </Button>
      }
    >
      <Stack>
        <TextInput label={t("rule.name")} required withAsterisk={false} maxLength={80} data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} data-testid="rule-name" />
        <Rows
          name="when"
          title={t("rule.when")}
          items={wording.when}
          kinds={choices(EVENTS, "rule.event")}
          add={t("rule.addEvent")}
          onAdd={(event) => set({ when: [...wording.when, begun("event", event)] })}
          onRemove={(at) => set({ when: replaced(wording.when, at) })}
          row={(item, at) => <EventDetails item={item} vocabulary={vocabulary} onChange={(next) => set({ when: replaced(wording.when, at, next) })} />}
        />
        {conditions("all", t("rule.ifAll"))}
        {conditions("any", t("rule.ifAny"))}
        <Rows
          name="then"
          title={t("rule.then")}
          items={wording.then}
          kinds={choices(DEEDS, "rule.do")}
          add={t("rule.addDeed")}
          onAdd={(deed) => set({ then: [...wording.then, begun("do", deed)] })}
          onRemove={(at) => set({ then: replaced(wording.then, at) })}
          row={(item, at) => <DeedDetails item={item} vocabulary={vocabulary} onChange={(next) => set({ then: replaced(wording.then, at, next) })} />}
        />
        {!whole && (
          <Text fz="sm" c="dimmed" role="status" data-testid="rule-incomplete">
            {t("rule.incomplete")}
          </Text>
        )}
        <Checkbox label={t("rule.stop")} checked={wording.stop} onChange={(event) => set({ stop: event.currentTarget.checked })} />
      </Stack>
    </FormDialog>
  );
}
