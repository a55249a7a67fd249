/** Who: a role, a team or an agent. */

import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useWords } from "../../../app/i18n";
import { useNames } from "../context";
import { partyName } from "../telling";
import { ROLES, type Party } from "../types";

interface Props {
  id: string;
  label: string;
  value: Party | null;
  onChange: (value: Party | null) => void;
}

const keyOf = ({ kind, id, role }: Party) => `${kind}:${kind === "role" ? role : id}`;

function partyOf(key: string): Party {
  const [kind, rest = ""] = key.split(":") as [Party["kind"], string];
  return kind === "role" ? { kind, id: 0, role: rest as Party["role"] } : { kind, id: Number(rest), role: "" };
}

export function PartyField({ id, label, value, onChange }: Props) {
  const words = useWords();
  const { t } = words;
  const names = useNames();
  const groups = useMemo(() => {
    const agents = Object.values(names.agents).filter((each) => !each.removed);
    const found = [
      { group: t("plan.group.roles"), items: ROLES.map((role) => ({ value: `role:${role}`, label: t(`plan.role.${role}`) })) },
      { group: t("plan.group.teams"), items: Object.values(names.teams).map(({ id: team, name }) => ({ value: `team:${team}`, label: name })) },
      { group: t("plan.group.agents"), items: agents.map(({ id: agent, name }) => ({ value: `agent:${agent}`, label: name })) },
    ];
    return found.filter(({ items }) => items.length);
  }, [names, t]);
  const chosen = value && keyOf(value);
  const gone = chosen !== null && value && !groups.some(({ items }) => items.some((each) => each.value === chosen));
  return (
    <Select
      id={id}
      label={label}
      placeholder={t("plan.nobody")}
      data={gone ? [{ group: "", items: [{ value: chosen, label: partyName(value, words, names) }] }, ...groups] : groups}
      value={chosen}
      onChange={(key) => onChange(key ? partyOf(key) : null)}
      clearable
      searchable
      comboboxProps={{ withinPortal: true }}
      clearButtonProps={{ "aria-label": t("common.remove") }}
    />
  );
}
