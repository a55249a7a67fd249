/** Where to search, in which order, and what narrows it. */

import { Group, SegmentedControl, Select } from "@mantine/core";
import { useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { livingTags } from "../tags/Tags";
import { AMONG, SINCE, type Among, type Question, type Since, type Sort } from "./question";

interface Props {
  question: Question;
  onChange: (change: Partial<Question>) => void;
}

export function Filters({ question, onChange }: Props) {
  const { locale, t } = useWords();
  const agents = useDeskState((state) => state.tables.agents);
  const channels = useDeskState((state) => state.channels);
  const tags = livingTags(useDeskState((state) => state.tables.tags));
  const people = Object.values(agents).filter((each) => !each.removed || String(each.id) === question.assignee);
  const narrow = { size: "sm", w: { base: "calc(50% - 5px)", sm: 160 }, clearable: true, checkIconPosition: "right" } as const;
  return (
    <>
      <SegmentedControl
        value={question.among}
        onChange={(among) => onChange({ among: among as Among })}
        data={AMONG.map((value) => ({ value, label: t(`search.in.${value}`) }))}
        aria-label={t("search.where")}
        data-testid="search-in"
      />
      {question.among !== "contacts" && (
        <Group gap={10}>
          <Select
            {...narrow}
            clearable={false}
            value={question.sort}
            onChange={(sort) => onChange({ sort: (sort as Sort | null) ?? "newest" })}
            data={(["newest", "best"] as const).map((value) => ({ value, label: t(`search.sort.${value}`) }))}
            aria-label={t("search.order")}
            allowDeselect={false}
          />
          <Select
            {...narrow}
            value={question.since}
            onChange={(since) => onChange({ since: since as Since | null })}
            data={SINCE.map((value) => ({ value, label: t(`search.since.${value}`) }))}
            placeholder={t("search.since.ever")}
            aria-label={t("search.when")}
          />
          <Select
            {...narrow}
            searchable
            value={question.assignee}
            onChange={(assignee) => onChange({ assignee })}
            data={[{ value: "none", label: t("search.nobody") }, ...people.map((each) => ({ value: String(each.id), label: each.name }))]}
            placeholder={t("search.anybody")}
            aria-label={t("search.who")}
          />
          {tags.length > 0 && (
            <Select
              {...narrow}
              searchable
              value={question.tag}
              onChange={(tag) => onChange({ tag })}
              data={tags.map((each) => ({ value: String(each.id), label: each.name }))}
              placeholder={t("search.anyTag")}
              aria-label={t("search.tag")}
              data-testid="search-tag"
            />
          )}
          {channels.length > 1 && (
            <Select
              {...narrow}
              value={question.channel}
              onChange={(channel) => onChange({ channel })}
              data={channels.map((each) => ({ value: each.kind, label: each.names[locale] ?? each.kind }))}
              placeholder={t("search.anyChannel")}
              aria-label={t("search.channel")}
            />
          )}
        </Group>
      )}
    </>
  );
}
