/** Teams that give their conversations out otherwise than the shop does. */

import { Select, Stack, Table, Text } from "@mantine/core";
import type { RoutingRules } from "@sonnim/protocol";
import { useDeskState } from "../../../app/desk/context";
import { useT } from "../../../app/i18n";
import { MODES, STRATEGIES } from "./choices";

type Teams = RoutingRules["teams"];

export function TeamModes({ rules, onChange }: { rules: RoutingRules; onChange: (teams: Teams) => void }) {
  const t = useT();
  const table = useDeskState((state) => state.tables.teams);
  const teams = Object.values(table).sort((a, b) => a.name.localeCompare(b.name));
  if (!teams.length) return null;
  const set = (id: number, name: "mode" | "strategy", value: string | null) => {
    const told = Object.entries({ ...rules.teams[id], [name]: value }).filter(([, each]) => each !== null);
    const others = Object.entries(rules.teams).filter(([team]) => team !== String(id));
    onChange(Object.fromEntries(told.length ? [...others, [id, Object.fromEntries(told)]] : others));
  };
  return (
    <Stack gap={6}>
      <Text fz="sm" fw={500}>
        {t("routing.teams")}
      </Text>
      <Table.ScrollContainer minWidth={440}>
        <Table verticalSpacing={6}>
          <Table.Tbody>
            {teams.map((team) => (
              <Table.Tr key={team.id} data-testid="team-mode">
                <Table.Td fw={550}>{team.name}</Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    clearable
                    aria-label={`${team.name}: ${t("routing.mode")}`}
                    placeholder={t("routing.asShop")}
                    data={MODES.map((value) => ({ value, label: t(`routing.mode.${value}`) }))}
                    value={rules.teams[team.id]?.mode ?? null}
                    onChange={(value) => set(team.id, "mode", value)}
                  />
                </Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    clearable
                    aria-label={`${team.name}: ${t("routing.strategy")}`}
                    placeholder={t("routing.asShop")}
                    data={STRATEGIES.map((value) => ({ value, label: t(`routing.strategy.${value}`) }))}
                    value={rules.teams[team.id]?.strategy ?? null}
                    onChange={(value) => set(team.id, "strategy", value)}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
