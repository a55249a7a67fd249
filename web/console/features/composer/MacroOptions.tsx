/** Macros as options of the field, below the scripts: choosing one does its steps here. */

import { Group, Text } from "@mantine/core";
import { IconWand } from "@tabler/icons-react";
import { useMemo } from "react";
import { useT } from "../../app/i18n";
import { useMacros, useRunMacro } from "../macros/useMacros";
import { fromPlain } from "./content";
import type { Option } from "./Suggestions";
import type { About } from "./useScripts";

const MOST = 6;

/** Those whose name has what was typed; none where there is no conversation, or nobody to say a script to. */
export function useMacroOptions(about: About, query: string | null, onSay: ((text: string) => void) | undefined): Option[] {
  const t = useT();
  const ids = useMemo(() => (about.id === null ? [] : [about.id]), [about.id]);
  const macros = useMacros(query !== null && ids.length > 0 && onSay !== undefined, ids);
  const run = useRunMacro({ ids, onSay });
  return useMemo(() => {
    const wanted = (query ?? "").toLowerCase();
    const found = query === null ? [] : macros.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, MOST);
    return found.map((macro) => ({
      id: `macro-${macro.id}`,
      group: t("macro.macros"),
      document: () => fromPlain(""),
      act: () => run(macro),
      face: () => (
        <Group gap={8} wrap="nowrap" data-testid="suggestion-macro">
          <IconWand size={15} stroke={1.7} style={{ flexShrink: 0 }} />
          <Text fz="sm" fw={600} truncate>
            {macro.name}
          </Text>
        </Group>
      ),
    }));
  }, [macros, query, run, t]);
}
