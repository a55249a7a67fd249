/** The plan for whoever writes it. */

import { Button, FileButton, Stack } from "@mantine/core";
import { IconFileImport, IconNotebook, IconSparkles } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useSearch } from "wouter";
import { useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { useIsPhone } from "../../app/viewport";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { attempt } from "../../ui/toast";
import { useActs, type Acts } from "./acts";
import { Bar } from "./Bar";
import { WritingContext, type Writing } from "./context";
import { History } from "./History";
import type { Keeper } from "./keeper";
import { Overview } from "./Overview";
import { Frame } from "./PlanPage";
import { PublishDialog } from "./PublishDialog";
import { SectionEditor } from "./SectionEditor";
import { isSection, SECTIONS } from "./sections";
import { rowsOf } from "./types";
import { useDraft, useKeeper } from "./useDraft";
import { useMark } from "./usePlan";

export function Editor({ section }: { section: string | undefined }) {
  const { keeper, failed, reload } = useKeeper();
  if (failed) return <Failed onRetry={reload} />;
  if (!keeper) return <RowSkeletons />;
  return <Writer section={section} keeper={keeper} />;
}

function Writer({ section, keeper }: { section: string | undefined; keeper: Keeper }) {
  const words = useWords();
  const phone = useIsPhone();
  const shop = useDeskState((state) => state.shop.id);
  const desk = useDraft(keeper);
  const n = Math.max(useMark(shop), desk.state.in_force);
  const acts = useActs(desk);
  const known = desk.state.in_force;
  useEffect(() => {
    if (n !== known) keeper.look().catch(() => undefined); // the next version tells again
  }, [keeper, n, known]);
  const [language, setLanguage] = useState(words.locale);
  const [publishing, setPublishing] = useState(false);
  const [begun, setBegun] = useState(false);
  const aim = new URLSearchParams(useSearch()).get("at") ?? "";
  const close = useCallback(() => setPublishing(false), []);
  const { document, state, change } = desk;
  const writing = useMemo<Writing>(() => ({ document, language, setLanguage, change }), [document, language, change]);
  const empty = SECTIONS.every((each) => !rowsOf(document, each).length);
  if (empty && !n && !begun) return <Beginning acts={acts} onEmpty={() => setBegun(true)} />;
  return (
    <WritingContext value={writing}>
      <Frame section={section} meter={state.meter} n={n} bar={<Bar desk={desk} acts={acts} phone={phone} onPublish={() => setPublishing(true)} />}>
        {isSection(section) ? (
          <SectionEditor key={`${section}/${aim}`} section={section} state={state} aim={aim} onUndo={desk.undo} />
        ) : section === "history" ? (
          <History key={n} inForce={n} onRestore={acts.restore} />
        ) : (
          <Overview
            document={document}
            meter={state.meter}
            onLanguages={(languages) => change((now) => ({ ...now, languages }))}
          />
        )}
      </Frame>
      {publishing && <PublishDialog desk={desk} onClose={close} onPublished={() => void attempt(words, keeper.reload)} />}
    </WritingContext>
  );
}

function Beginning({ acts, onEmpty }: { acts: Acts; onEmpty: () => void }) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const take = () => {
    setBusy(true);
    void acts.make("template").finally(() => setBusy(false));
  };
  return (
    <Empty
      icon={<IconNotebook size={26} stroke={1.6} />}
      title={t("plan.beginTitle")}
      action={
        <Stack gap={8} mt="sm" align="center">
          <Button leftSection={<IconSparkles size={16} />} loading={busy} onClick={take} data-testid="plan-template">
            {t("plan.template")}
          </Button>
          <FileButton accept="application/json,.json" onChange={(file) => file && void acts.take(file)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileImport size={16} />}>
                {t("plan.import")}
              </Button>
            )}
          </FileButton>
          <Button variant="subtle" onClick={onEmpty}>
            {t("plan.beginEmpty")}
          </Button>
        </Stack>
      }
    >
      {t("plan.beginText")}
    </Empty>
  );
}
