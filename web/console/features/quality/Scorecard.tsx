/** The scorecard: what conversations are judged by, for those who may change it. */

import { Alert, Box, Button, Group, NumberInput, Paper, Stack, Text } from "@mantine/core";
import { IconPlus, IconRestore } from "@tabler/icons-react";
import type { QualityScorecard } from "@sonnim/protocol";
import { useRef, useState } from "react";
import { api } from "../../app/api";
import { useAgent, useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT, useWords } from "../../app/i18n";
import { Failed, RowSkeletons } from "../../ui/States";
import { attempt, toastUndo } from "../../ui/toast";
import { useSubmit } from "../../ui/useSubmit";
import { nameOf } from "../settings/coach/rules";
import { useRuleWords } from "../settings/coach/words";
import { useOrder } from "../settings/useOrder";
import { CriterionRow, nameOr } from "./CriterionRow";
import { Meanwhile } from "./Meanwhile";
import { Past } from "./Past";
import { knownRules } from "./RuleChoice";
import { blank, changed, faults, isComplete, MOST_CRITERIA, MOST_PER_WEEK, owners, ruled, type Criterion } from "./scorecard";
import { Sum } from "./Sum";
import { useScorecard, type Writing } from "./useScorecard";

export default function Scorecard() {
  const { writing, failed, reload } = useScorecard();
  const [fresh, setFresh] = useState(false);
  if (!writing) return failed ? <Failed onRetry={reload} /> : <RowSkeletons count={6} />;
  return (
    <Stack gap="lg" data-testid="scorecard">
      <About saved={writing.saved} />
      <Form writing={writing} onSaved={() => setFresh(true)} />
      <Past key={writing.saved.version} dirty={writing.dirty} fresh={fresh && !writing.dirty} />
    </Stack>
  );
}

function About({ saved }: { saved: QualityScorecard }) {
  const t = useT();
  const format = useFormat();
  const author = useAgent(saved.changed_by_id);
  return (
    <Box>
      <Text fz="sm" c="dimmed" maw={640}>
        {t("scorecard.hint")}
      </Text>
      <Text fz="sm" mt={6} data-testid="scorecard-version">
        {saved.changed_at
          ? t("scorecard.version", { n: format.number(saved.version), name: author?.name ?? t("coach.former"), time: format.stamp(saved.changed_at) })
          : t("scorecard.shipped")}
      </Text>
    </Box>
  );
}

function Form({ writing, onSaved }: { writing: Writing; onSaved: () => void }) {
  const words = useWords();
  const { t, locale } = words;
  const { base } = useDesk();
  const { now, dirty, theirs, write, save, drop } = writing;
  const { criteria } = now;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const meanwhile = useRef<HTMLDivElement>(null);
  const wrong = tried ? faults(now) : new Map<string, never[]>();

  const put = (next: Criterion[]) => write({ ...now, criteria: next });
  const named = (each: Criterion) => nameOr(each, locale, t("scorecard.unnamed"));
  const { list, row, said } = useOrder(criteria, put, put, (each, place) => t("scorecard.movedTo", { name: named(each), ...place }));
  const show = (ids: Iterable<string>) => setOpen((all) => new Set([...all, ...ids]));
  const hide = (id: string) => setOpen((all) => new Set([...all].filter((each) => each !== id)));
  const into = (id: string, what: string) => setTimeout(() => list.current?.querySelector<HTMLElement>(`[data-criterion="${id}"] ${what}`)?.focus());

  const submit = useSubmit(async () => {
    if (isComplete(now)) {
      if (await save()) {
        setTried(false);
        setOpen(new Set());
        onSaved();
      }
      return;
    }
    setTried(true);
    const found = [...faults(now).keys()];
    show(found);
    if (found[0]) into(found[0], "input");
  });
  const addOne = () => {
    const each = blank();
    put([...criteria, each]);
    show([each.id]);
    into(each.id, `[data-testid="criterion-name-${locale}"]`);
  };
  const remove = (each: Criterion) => {
    put(criteria.filter(({ id }) => id !== each.id));
    toastUndo(words, t("scorecard.removed", { name: named(each) }), () => write(now));
    add.current?.focus();
  };
  const toShipped = async () => {
    const shipped = await api.get<QualityScorecard>(`${base}/quality/scorecard?version=0`);
    write({ criteria: shipped.criteria, per_week: shipped.per_week });
    toastUndo(words, t("scorecard.shippedThere"), () => write(now));
  };
  const why = tried && saying(now);

  return (
    <form onSubmit={submit.onSubmit} noValidate>
      <Stack gap="md">
        <Paper withBorder radius="lg" px="lg" py="xs" component="section" aria-label={t("scorecard.criteria")}>
          <Box ref={list}>
            {criteria.map((each, at) => (
              <CriterionRow
                key={each.id}
                criterion={each}
                sheet={now}
                open={open.has(each.id)}
                order={row(at)}
                faults={wrong.get(each.id) ?? []}
                onOpen={(on) => (on ? show([each.id]) : hide(each.id))}
                onChange={(change) => put(changed(criteria, each.id, change))}
                onRules={(rules) => put(ruled(criteria, each.id, rules))}
                onRemove={() => remove(each)}
              />
            ))}
          </Box>
          {said}
          <Group gap="sm" my="sm">
            <Button ref={add} size="xs" variant="light" leftSection={<IconPlus size={15} />} onClick={addOne} disabled={criteria.length >= MOST_CRITERIA} data-testid="criterion-add">
              {t("scorecard.add")}
            </Button>
            <Button size="xs" variant="subtle" leftSection={<IconRestore size={15} />} onClick={() => void attempt(words, toShipped)} data-testid="scorecard-shipped">
              {t("scorecard.toShipped")}
            </Button>
          </Group>
          <Uncounted writing={writing} />
        </Paper>
        <NumberInput
          label={t("scorecard.perWeek")}
          description={t("scorecard.perWeekHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          maw={420}
          styles={{ wrapper: { maxWidth: 100 } }}
          value={now.per_week}
          min={0}
          max={MOST_PER_WEEK}
          allowDecimal={false}
          allowNegative={false}
          onChange={(value) => write({ ...now, per_week: Number(value) || 0 })}
          data-testid="scorecard-per-week"
        />
        <Meanwhile writing={writing} ref={meanwhile} />
        {(why || submit.wrong) && (
          <Alert color="red" role="alert" data-testid="scorecard-wrong">
            {why ? t(why) : submit.wrong}
          </Alert>
        )}
        <Sum
          criteria={criteria}
          dirty={dirty}
          busy={submit.busy}
          onLook={theirs && (() => meanwhile.current?.focus())}
          onEven={put}
          onDiscard={() => {
            setTried(false);
            toastUndo(words, t("scorecard.discarded"), drop());
          }}
        />
      </Stack>
    </form>
  );
}

function saying(now: Writing["now"]) {
  if (!now.criteria.length) return "scorecard.wrongNone";
  if (faults(now).size) return "scorecard.wrong";
  return isComplete(now) ? "" : "scorecard.wrongSum";
}

function Uncounted({ writing: { now } }: { writing: Writing }) {
  const t = useT();
  const words = useRuleWords();
  const owner = owners(now);
  const found = knownRules(now).filter((rule) => !owner.has(rule));
  if (!found.length) return null;
  return (
    <Text fz="xs" c="dimmed" mb="sm" data-testid="scorecard-uncounted">
      {t("scorecard.uncounted", { rules: found.map((rule) => nameOf(words, rule)).join(", ") })}
    </Text>
  );
}
