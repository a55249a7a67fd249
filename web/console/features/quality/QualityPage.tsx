/** The quality score: everybody sees their own, leads the team's, what is to be reviewed and what is disputed. */

import { Box, Tabs, Text, Title } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useSearch } from "wouter";
import { useDeskState, useMay } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { Sheet } from "../../app/Shell";
import { RowSkeletons } from "../../ui/States";
import { Mine } from "./Mine";
import { ScoreDrawer } from "./ScoreDrawer";
import { Team } from "./Team";
import { Disputes, ToReview } from "./Waiting";

const Scorecard = lazy(() => import("./Scorecard"));

/** Each with what it asks for. */
const TABS = { mine: null, team: "quality.review", review: "quality.review", disputes: "quality.review", scorecard: "plan.manage" } as const;
type Tab = keyof typeof TABS;

export default function QualityPage() {
  const t = useT();
  const ready = useDeskState((state) => state.ready);
  const me = useDeskState((state) => state.agentId);
  const may = { "quality.review": useMay("quality.review"), "plan.manage": useMay("plan.manage") };
  const tabs = (Object.keys(TABS) as Tab[]).filter((each) => TABS[each] === null || may[TABS[each]]);
  const asked = new URLSearchParams(useSearch()).get("tab");
  const [chosen, setTab] = useState<Tab | null>(null);
  const tab = chosen ?? tabs.find((each) => each === asked) ?? "mine";
  const [score, setScore] = useState<number | null>(null);
  if (!ready) return <RowSkeletons />;
  const mine = <Mine agent={me} onScore={setScore} />;
  const coming = <RowSkeletons count={4} />;
  return (
    <Sheet wide>
      <Box>
        <Title order={1} fz="xl">
          {t("nav.quality")}
        </Title>
        <Text c="dimmed" fz="sm" mt={4} maw={640}>
          {t("quality.hint")}
        </Text>
      </Box>
      {tabs.length > 1 ? (
        <Tabs value={tab} onChange={(next) => setTab((next as Tab | null) ?? "mine")} keepMounted={false}>
          <Tabs.List mb="lg">
            {tabs.map((each) => (
              <Tabs.Tab key={each} value={each} px={{ base: 8, sm: "md" }} data-testid={`quality-tab-${each}`}>
                {t(`quality.tab.${each}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {/* The names of the rules come by themselves; head and tabs stay while they do. */}
          <Suspense fallback={coming}>
            <Tabs.Panel value="mine">{mine}</Tabs.Panel>
            <Tabs.Panel value="team">
              <Team covered={score !== null} onScore={setScore} />
            </Tabs.Panel>
            <Tabs.Panel value="review">
              <ToReview onScore={setScore} />
            </Tabs.Panel>
            <Tabs.Panel value="disputes">
              <Disputes onScore={setScore} />
            </Tabs.Panel>
            <Tabs.Panel value="scorecard">
              <Scorecard />
            </Tabs.Panel>
          </Suspense>
        </Tabs>
      ) : (
        <Suspense fallback={coming}>{mine}</Suspense>
      )}
      <Suspense>{score !== null && <ScoreDrawer id={score} onClose={() => setScore(null)} />}</Suspense>
    </Sheet>
  );
}
