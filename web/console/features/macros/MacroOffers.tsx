/** The shop's macros in the palette: run on the open conversation, or on those that are ticked. */

import { IconWand } from "@tabler/icons-react";
import { useOffers } from "../../app/commands";
import { useT } from "../../app/i18n";
import { useMacros, useRunMacro, type Running } from "./useMacros";

export default function MacroOffers(running: Running) {
  const t = useT();
  const { ids, onSay } = running;
  const macros = useMacros(true, ids);
  const run = useRunMacro(running);
  useOffers(() =>
    ids.length
      ? macros.map((macro) => ({
          id: `macro-${macro.id}-${onSay ? "here" : "ticked"}`,
          title: onSay ? t("macro.run", { name: macro.name }) : t("macro.runMany", { name: macro.name, n: ids.length }),
          icon: <IconWand size={17} stroke={1.7} />,
          run: () => run(macro),
        }))
      : [],
  );
  return null;
}
