/** Making and changing a view: its name, its filter, whom it is for, and how much it holds now. */

import { SegmentedControl, Select, Stack, Text, TextInput } from "@mantine/core";
import type { View, ViewFilter } from "@sonnim/protocol";
import { useEffect, useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState, useMay } from "../../app/desk/context";
import { withChange } from "../../app/desk/state";
import { useWords } from "../../app/i18n";
import { useIsPhone } from "../../app/viewport";
import { FormDialog } from "../../ui/FormDialog";
import { FilterFields } from "./FilterFields";

interface Props {
  view: View | null;
  onClose: (saved?: View) => void;
}

export default function ViewDialog({ view, onClose }: Props) {
  const { t } = useWords();
  const desk = useDesk();
  const phone = useIsPhone();
  const shares = useMay("view.share");
  const teams = useDeskState((state) => state.tables.teams);
  const [name, setName] = useState(view?.name ?? "");
  const [filter, setFilter] = useState<ViewFilter>(view?.filter ?? { status: ["open"] });
  const [audience, setAudience] = useState<View["audience"]>(view?.audience ?? "me");
  const [team, setTeam] = useState<string | null>(view?.team_id ? String(view.team_id) : null);
  const lacksTeam = audience === "team" && team === null;
  const save = async () => {
    const shared = shares ? { audience, ...(audience === "team" && { team_id: Number(team) }) } : {};
    const body = { name, filter, ...shared };
    const saved = view ? await api.patch<View>(`${desk.base}/views/${view.id}`, body) : await api.post<View>(`${desk.base}/views`, body);
    desk.store.set((state) => withChange(state, { put: { views: { [saved.id]: saved } } }));
    desk.readAgain(`view-${saved.id}`);
    onClose(saved);
  };
  return (
    <FormDialog
      name="view"
      title={view ? t("views.edit") : t("views.new")}
      size="lg"
      fullScreen={phone}
      ready={!lacksTeam && name.trim() !== ""}
      aside={<Matches filter={filter} />}
      onClose={() => onClose()}
      onSave={save}
    >
      <TextInput
        label={t("views.name")}
        required
        withAsterisk={false}
        maxLength={80}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-testid="view-name"
      />
      <FilterFields filter={filter} onChange={setFilter} />
      {shares && (
        <Stack gap={6}>
          <Text fz="sm" fw={500} id="view-audience">
            {t("views.audience")}
          </Text>
          <SegmentedControl
            aria-labelledby="view-audience"
            value={audience}
            onChange={(value) => setAudience(value as View["audience"])}
            data={(["me", "team", "shop"] as const).map((value) => ({ value, label: t(`views.audience.${value}`) }))}
            data-testid="view-audience"
          />
          {audience === "team" && (
            <Select
              label={t("views.team")}
              data={Object.values(teams).map((each) => ({ value: String(each.id), label: each.name }))}
              value={team}
              onChange={setTeam}
            />
          )}
        </Stack>
      )}
    </FormDialog>
  );
}

function Matches({ filter }: { filter: ViewFilter }) {
  const { t } = useWords();
  const { base } = useDesk();
  const [counted, setCounted] = useState<{ of: ViewFilter; n: number; more: boolean } | null>(null);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      api.post<{ n: number; more: boolean }>(`${base}/views/preview`, { filter }).then(
        (answer) => wanted && setCounted({ ...answer, of: filter }),
        () => wanted && setCounted(null),
      );
    }, 300);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [base, filter]);
  return (
    <Text fz="sm" c="dimmed" aria-live="polite" data-testid="view-matches">
      {counted?.of === filter ? t("views.matches", { count: `${counted.n}${counted.more ? "+" : ""}` }) : t("views.counting")}
    </Text>
  );
}
