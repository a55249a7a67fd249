/** Having the past scored by the scorecard that is saved, and how far that is. */

import { Alert, Button, Group, NativeSelect, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import type { QualityRescore } from "@sonnim/protocol";
import { useEffect, useRef, useState } from "react";
import { api, serverNow } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { useSubmit } from "../../ui/useSubmit";
import { useResource } from "../settings/resource";

const PATH = "/quality/rescore";
const DAY = 86_400_000;
const AGAIN = 2_500;
const DAYS = { weeks8: 56, weeks26: 182, year: 365, all: null } as const;
type Since = keyof typeof DAYS;

interface Props {
  /** Something is typed that is not saved yet. */
  dirty: boolean;
  /** It was just saved: then this is what comes next. */
  fresh: boolean;
}

export function Past({ dirty, fresh }: Props) {
  const t = useT();
  const { base } = useDesk();
  const head = useRef<HTMLHeadingElement>(null);
  const [since, setSince] = useState<Since>("weeks8");
  const { data, reload, set } = useResource<QualityRescore>(PATH);
  const [begun, setBegun] = useState(false);
  const underWay = data?.under_way ?? false;
  useEffect(() => void (fresh && head.current?.focus()), [fresh]);
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(reload, AGAIN);
    return () => clearInterval(timer);
  }, [underWay, reload]);
  const form = useSubmit(async () => {
    const days = DAYS[since];
    await api.post(`${base}${PATH}`, { since: new Date(days === null ? 0 : serverNow() - days * DAY).toISOString() });
    // A few conversations are done before one has looked.
    const now = await api.get<QualityRescore>(`${base}${PATH}`);
    set(() => now);
    setBegun(true);
  });
  return (
    <Paper withBorder radius="lg" p="lg" component="section" aria-label={t("scorecard.past")} data-testid="scorecard-past">
      <Title order={2} fz="md" fw={600} mb={6} ref={head} tabIndex={-1}>
        {t("scorecard.past")}
      </Title>
      {fresh && !begun && (
        <Text fz="sm" fw={550} mb={6} role="status" data-testid="scorecard-saved">
          {t("scorecard.pastSaved")}
        </Text>
      )}
      <Text fz="sm" c="dimmed" maw={640}>
        {t("scorecard.pastHint")}
      </Text>
      {underWay && data ? (
        <UnderWay data={data} />
      ) : (
        <form onSubmit={form.onSubmit}>
          <Stack gap="sm" mt="md">
            {begun && data && (
              <Text fz="sm" role="status" data-testid="scorecard-rescored">
                {t("scorecard.rescored")}
              </Text>
            )}
            <Group gap="sm" align="flex-end">
              <NativeSelect
                label={t("scorecard.since")}
                data={(Object.keys(DAYS) as Since[]).map((value) => ({ value, label: t(`scorecard.since.${value}`) }))}
                value={since}
                onChange={(event) => setSince(event.currentTarget.value as Since)}
                data-testid="scorecard-since"
              />
              <Button type="submit" variant={fresh ? "filled" : "light"} loading={form.busy} disabled={dirty} data-testid="scorecard-rescore">
                {t("scorecard.rescore")}
              </Button>
              {dirty && (
                <Text fz="sm" c="dimmed" pb={8}>
                  {t("scorecard.saveFirst")}
                </Text>
              )}
            </Group>
            {form.wrong && (
              <Alert color="red" role="alert">
                {form.wrong}
              </Alert>
            )}
          </Stack>
        </form>
      )}
    </Paper>
  );
}

function UnderWay({ data: { done, total } }: { data: QualityRescore }) {
  const t = useT();
  const format = useFormat();
  const said = t("scorecard.doneOf", { done: format.number(done), total: format.number(total) });
  return (
    <Stack gap={6} mt="md" data-testid="scorecard-under-way">
      <Text fz="sm" role="status">
        {t("scorecard.underWay")}
      </Text>
      <Progress value={total ? (done / total) * 100 : 0} aria-label={said} />
      <Text fz="xs" c="dimmed" style={{ fontVariantNumeric: "tabular-nums" }}>
        {said}
      </Text>
    </Stack>
  );
}
