/** The conditions of a filter, each with the values that the shop has. */

import { MultiSelect, Select, SimpleGrid, TextInput } from "@mantine/core";
import type { ViewFilter } from "@sonnim/protocol";
import { momentOf, wallTime } from "../../app/clock";
import { useDeskState } from "../../app/desk/context";
import { STATUSES } from "../../app/desk/filter";
import { useWords } from "../../app/i18n";
import { livingTags } from "../tags/Tags";
import { PRIORITIES, type Priority } from "../../ui/Priority";
import { ContactSelect } from "./ContactSelect";

const LANGUAGES = { ko: "한국어", zh: "中文", en: "English" } as const;
const WAITS = [5, 15, 30, 60, 240, 1440];
const NOBODY = "none";

interface Props {
  filter: ViewFilter;
  onChange: (filter: ViewFilter) => void;
}

type Choice<T> = T | null;

/** Ids, `me` or `mine`, and null travel through a select as text. */
function chosen<T extends string>(values: string[]): Choice<number | T>[] {
  return values.map((value) => (value === NOBODY ? null : /^\d+$/.test(value) ? Number(value) : (value as T)));
}

const texts = (values: readonly (string | number | null)[] = []) => values.map((value) => (value === null ? NOBODY : String(value)));

export function FilterFields({ filter, onChange }: Props) {
  const { t, locale } = useWords();
  const tables = useDeskState((state) => state.tables);
  const channels = useDeskState((state) => state.channels);
  const zone = useDeskState((state) => state.shop.timezone);
  const set = (change: ViewFilter) => {
    const next = Object.entries({ ...filter, ...change }).filter(([, value]) => value != null && value !== "" && !(Array.isArray(value) && !value.length));
    onChange(Object.fromEntries(next));
  };
  const many = { searchable: true, clearable: true, hidePickedOptions: true, placeholder: t("filter.any"), nothingFoundMessage: t("list.noMatch"), comboboxProps: { withinPortal: true } };
  const agents = Object.values(tables.agents).filter((agent) => !agent.removed);
  const teams = Object.values(tables.teams);
  const day = (moment: string | null | undefined, back: number) => {
    if (!moment) return "";
    const wall = wallTime(zone, Date.parse(moment) - back);
    return `${wall.year}-${String(wall.month).padStart(2, "0")}-${String(wall.day).padStart(2, "0")}`;
  };
  const moment = (text: string, later: number) => {
    const [year = 0, month = 0, date = 0] = text.split("-").map(Number);
    return text ? new Date(momentOf(zone, { year, month, day: date + later, hour: 0, minute: 0 })).toISOString() : null;
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <MultiSelect {...many} placeholder={filter.status?.length ? "" : t("status.open")} label={t("filter.status")} data={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))} value={filter.status ?? []} onChange={(values) => set({ status: values as NonNullable<ViewFilter["status"]> })} data-testid="filter-status" />
      <MultiSelect {...many} label={t("filter.assignee")} data={[{ value: "me", label: t("filter.me") }, { value: NOBODY, label: t("filter.nobody") }, ...agents.map((agent) => ({ value: String(agent.id), label: agent.name }))]} value={texts(filter.assignee)} onChange={(values) => set({ assignee: chosen<"me">(values) })} data-testid="filter-assignee" />
      <MultiSelect {...many} label={t("filter.team")} data={[{ value: "mine", label: t("filter.myTeams") }, { value: NOBODY, label: t("filter.noTeam") }, ...teams.map((team) => ({ value: String(team.id), label: team.name }))]} value={texts(filter.team)} onChange={(values) => set({ team: chosen<"mine">(values) })} />
      <MultiSelect {...many} label={t("filter.tag")} data={livingTags(tables.tags).map((tag) => ({ value: String(tag.id), label: tag.name }))} value={texts(filter.tag)} onChange={(values) => set({ tag: values.map(Number) })} data-testid="filter-tag" />
      <MultiSelect {...many} label={t("filter.channel")} data={channels.map((channel) => ({ value: channel.kind, label: channel.names[locale] ?? channel.kind }))} value={filter.channel ?? []} onChange={(channel) => set({ channel })} />
      <MultiSelect {...many} label={t("filter.locale")} data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} value={filter.locale ?? []} onChange={(values) => set({ locale: values as NonNullable<ViewFilter["locale"]> })} data-testid="filter-locale" />
      <MultiSelect {...many} label={t("priority.label")} data={PRIORITIES.map((value) => ({ value: String(value), label: t(`priority.${value}`) }))} value={texts(filter.priority)} onChange={(values) => set({ priority: values.map((value) => Number(value) as Priority) })} data-testid="filter-priority" />
      <Select
        label={t("filter.waiting")}
        placeholder={t("filter.waiting.any")}
        clearable
        data={WAITS.map((minutes) => ({ value: String(minutes * 60), label: minutes < 60 ? t("filter.minutes", { count: minutes }) : t("filter.hours", { count: minutes / 60 }) }))}
        value={filter.waiting_over == null ? null : String(filter.waiting_over)}
        onChange={(value) => set({ waiting_over: value === null ? null : Number(value) })}
      />
      <ContactSelect value={filter.contact ?? null} onChange={(contact) => set({ contact })} />
      <TextInput label={t("filter.text")} description={t("filter.textHint")} inputWrapperOrder={["label", "input", "description"]} maxLength={100} value={filter.text ?? ""} onChange={(event) => set({ text: event.currentTarget.value })} data-testid="filter-text" />
      <TextInput type="date" label={t("filter.createdFrom")} value={day(filter.created_from, 0)} onChange={(event) => set({ created_from: moment(event.currentTarget.value, 0) })} />
      <TextInput type="date" label={t("filter.createdTo")} value={day(filter.created_to, 1)} onChange={(event) => set({ created_to: moment(event.currentTarget.value, 1) })} />
    </SimpleGrid>
  );
}
