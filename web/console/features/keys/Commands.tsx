/** The keyboard's own screens: the palette, loaded when it is asked for, the list of keys, and the places. */

import { lazy, Suspense, useState } from "react";
import { useCommand } from "../../app/commands";
import { KeysHelp } from "./KeysHelp";
import { Places } from "./Places";

const Palette = lazy(() => import("./Palette"));

export function Commands() {
  const [open, setOpen] = useState(false);
  useCommand("palette", () => setOpen(true));
  return (
    <>
      <Places />
      <KeysHelp />
      <Suspense>{open && <Palette onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
