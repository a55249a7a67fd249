/** What goes with an event, a condition or an action. */

import { MultiSelect, NumberInput, Select, TagsInput, Text, TextInput } from "@mantine/core";
import { useWords } from "../../../app/i18n";
import { asText, asValue, bounded, isText, opsOf, ROLES, STRIKES, withGone, type Choice, type Condition, type Part, type Vocabulary } from "./rule";

interface Props<T> {
  item: T;
  vocabulary: Vocabulary;
  onChange: (item: T) => void;
}

const UNITS = [60, 3_600, 86_400] as const;

function Lasting({ seconds, onChange }: { seconds: number; onChange: (seconds: number) => void }) {
  const { t } = useWords();
  const unit = [...UNITS].reverse().find((each) => seconds % each === 0) ?? 60;
  return (
    <>
      <NumberInput w={90} min={1} max={(90 * 86_400) / unit} value={seconds / unit} aria-label={t("rule.howLong")} onChange={(n) => onChange(bounded(Math.max(1, Math.round(Number(n) || 1)) * unit))} />
      <Select w={120} aria-label={t("rule.unit")} data={UNITS.map((each) => ({ value: String(each), label: t(`rule.unit.${each}`) }))} value={String(unit)} onChange={(next) => next && onChange(bounded((seconds / unit) * Number(next)))} />
    </>
  );
}

function Many({ label, data, value, onChange }: { label: string; data: Choice[]; value: unknown; onChange: (values: string[]) => void }) {
  const { t } = useWords();
  const chosen = ((value as unknown[] | undefined) ?? []).map(String);
  return <MultiSelect flex={1} miw={170} searchable clearable hidePickedOptions label={label} data={withGone({ t }, data, chosen)} value={chosen} placeholder={chosen.length ? "" : t("rule.any")} onChange={onChange} />;
}

export function EventDetails({ item, vocabulary, onChange }: Props<Part>) {
  const words = useWords();
  const { t } = words;
  const set = (change: Part) => onChange({ ...item, ...change });
  const name = String(item["event"]);
  const tags = vocabulary["tag"] ?? [];
  const status = vocabulary["status"] ?? [];
  return (
    <>
      <Text fz="sm" fw={550}>
        {words.lookup(`rule.event.${name}`, "rule.event.begun")}
      </Text>
      {name === "message" && <Select w={200} aria-label={t("rule.who")} data={(["contact", "agent", "any"] as const).map((value) => ({ value, label: t(`rule.writer.${value}`) }))} value={String(item["by"] ?? "contact")} onChange={(by) => by && set({ by })} />}
      {typeof item["for_s"] === "number" && <Lasting seconds={item["for_s"]} onChange={(for_s) => set({ for_s })} />}
      {name === "daily" && <TextInput w={110} type="time" aria-label={t("rule.time")} value={String(item["at"])} onChange={(event) => set({ at: event.currentTarget.value || "09:00" })} />}
      {name === "tagged" && <Many label={t("filter.tag")} data={tags} value={item["tags"]} onChange={(values) => set({ tags: values.map(Number) })} />}
      {name === "clock" && <Many label={t("rule.strikes")} data={STRIKES.map((value) => ({ value, label: t(`rule.strike.${value}`) }))} value={item["strikes"]} onChange={(strikes) => set({ strikes })} />}
      {name === "status" && <Many label={t("rule.from")} data={status} value={item["was"]} onChange={(was) => set({ was })} />}
      {name === "status" && <Many label={t("rule.to")} data={status} value={item["now"]} onChange={(now) => set({ now })} />}
    </>
  );
}

export function ConditionDetails({ item, vocabulary, onChange }: Props<Condition>) {
  const words = useWords();
  const { t } = words;
  const label = words.lookup(`rule.field.${item.field}`, "rule.field.text");
  return (
    <>
      <Text fz="sm" fw={550} miw={90}>
        {label}
      </Text>
      <Select w={150} aria-label={t("rule.compared", { field: label })} data={opsOf(item.field).map((value) => ({ value, label: words.lookup(`rule.op.${value}`, "rule.op.is") }))} value={item.op} onChange={(op) => op && onChange({ ...item, op })} />
      {isText(item.field) ? (
        <TagsInput flex={1} miw={170} aria-label={label} placeholder={item.value.length ? "" : t("rule.words")} value={item.value.map(asText)} maxTags={50} onChange={(value) => onChange({ ...item, value })} acceptValueOnBlur data-testid="condition-words" />
      ) : (
        <MultiSelect flex={1} miw={170} aria-label={label} searchable hidePickedOptions data={withGone(words, vocabulary[item.field], item.value.map(asText))} value={item.value.map(asText)} onChange={(values) => onChange({ ...item, value: values.map((each) => asValue(item.field, each)) })} />
      )}
    </>
  );
}

export function DeedDetails({ item, vocabulary, onChange }: Props<Part>) {
  const words = useWords();
  const { t } = words;
  const set = (change: Part) => onChange({ ...item, ...change });
  const name = String(item["do"]);
  const one = (key: string, label: string, data: Choice[] | undefined) => (
    <Select flex={1} miw={150} label={label} searchable clearable data={withGone(words, data, item[key] == null ? [] : [String(item[key])])} value={item[key] == null ? null : String(item[key])} onChange={(value) => set({ [key]: value === null ? null : Number(value) })} />
  );
  return (
    <>
      <Text fz="sm" fw={550} miw={90}>
        {words.lookup(`rule.do.${name}`, "rule.do.resolve")}
      </Text>
      {name === "assign" && one("agent_id", t("filter.assignee"), vocabulary["agent"])}
      {name === "assign" && one("team_id", t("filter.team"), vocabulary["team_only"])}
      {name === "priority" && <Select w={150} aria-label={t("priority.label")} data={vocabulary["priority"] ?? []} value={String(item["priority"])} onChange={(value) => value && set({ priority: Number(value) })} data-testid="deed-priority" />}
      {name === "tag" && <Many label={t("rule.add")} data={vocabulary["tag"] ?? []} value={item["add"]} onChange={(values) => set({ add: values.map(Number) })} />}
      {name === "tag" && <Many label={t("rule.remove")} data={vocabulary["tag"] ?? []} value={item["remove"]} onChange={(values) => set({ remove: values.map(Number) })} />}
      {name === "snooze" && <Lasting seconds={Number(item["for_s"])} onChange={(for_s) => set({ for_s })} />}
      {(name === "note" || name === "notify") && <TextInput flex={1} miw={170} label={t("rule.text")} maxLength={name === "note" ? 2_000 : 200} value={String(item["text"] ?? "")} onChange={(event) => set({ text: event.currentTarget.value })} data-testid="deed-text" />}
      {name === "script" && one("canned_id", t("rule.script"), vocabulary["script"])}
      {name === "notify" && <Select w={170} label={t("rule.whom")} data={ROLES.map((value) => ({ value, label: t(`rule.role.${value}`) }))} value={String(item["role"])} onChange={(role) => role && set({ role })} />}
    </>
  );
}
