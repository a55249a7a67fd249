/** The shop's business hours by name, for the channels of a plan. */

import { useEffect, useState } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";

export interface Calendar {
  id: number;
  name: string;
}

/** Null while they are being read, or when nobody answers: the standard hours are known without. */
export function useCalendars(wanted = true): readonly Calendar[] | null {
  const { base } = useDesk();
  const [calendars, setCalendars] = useState<readonly Calendar[] | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let here = true;
    api.get<{ items: Calendar[] }>(`${base}/hours/calendars`).then(
      ({ items }) => here && setCalendars(items),
      () => undefined,
    );
    return () => void (here = false);
  }, [base, wanted]);
  return calendars;
}
