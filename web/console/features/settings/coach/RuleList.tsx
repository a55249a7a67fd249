/** All rules in calm groups, with a search and a filter over them. */

import { Box, Button, Divider, Group, NativeSelect, Paper, Stack, TextInput, Title } from "@mantine/core";
import type { CoachRule } from "@sonnim/protocol";
import { IconSearch, IconSearchOff } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { useT } from "../../../app/i18n";
import { Empty } from "../../../ui/States";
import { Dismissals } from "./Dismissals";
import { RuleRow } from "./RuleRow";
import { grouped, SHOWS, type Show, type Wanted } from "./rules";
import { useRuleWords } from "./words";

interface Props {
  rules: readonly CoachRule[];
  onChange: (rule: CoachRule, wanted: Wanted) => void;
}

export function RuleList({ rules, onChange }: Props) {
  const t = useT();
  const words = useRuleWords();
  const [sought, setSought] = useState("");
  const [show, setShow] = useState<Show>("all");
  const [asked, setAsked] = useState<string | null>(null);
  const groups = grouped(rules, words, show, sought);
  const all = () => {
    setSought("");
    setShow("all");
  };
  return (
    <Stack gap="lg">
      <Group gap="sm">
        <TextInput
          type="search"
          flex="1 1 220px"
          maw={360}
          leftSection={<IconSearch size={16} />}
          placeholder={t("coach.search")}
          aria-label={t("coach.search")}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
          data-testid="coach-search"
        />
        <NativeSelect
          aria-label={t("coach.show")}
          data={SHOWS.map((value) => ({ value, label: t(`coach.show.${value}`) }))}
          value={show}
          onChange={(event) => setShow(event.currentTarget.value as Show)}
          data-testid="coach-show"
        />
      </Group>
      {!groups.length && (
        <Empty
          icon={<IconSearchOff size={26} stroke={1.6} />}
          title={t("coach.none")}
          action={
            <Button variant="light" onClick={all} mt={4}>
              {t("coach.show.all")}
            </Button>
          }
        >
          {t("coach.noneHint")}
        </Empty>
      )}
      {groups.map(([group, items]) => (
        <Box key={group} component="section" aria-label={t(`coach.group.${group}`)}>
          <Title order={2} fz="md" mb="xs">
            {t(`coach.group.${group}`)}
          </Title>
          <Paper withBorder radius="lg" px="md">
            {items.map((rule, n) => (
              <Fragment key={rule.rule}>
                {n > 0 && <Divider color="var(--sonnim-line)" />}
                <RuleRow rule={rule} onChange={(wanted) => onChange(rule, wanted)} onReasons={() => setAsked(rule.rule)} />
              </Fragment>
            ))}
          </Paper>
        </Box>
      ))}
      {asked && <Dismissals rule={asked} onClose={() => setAsked(null)} />}
    </Stack>
  );
}
