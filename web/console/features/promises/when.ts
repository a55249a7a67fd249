/** By when, in as few words as will do: the hour today, the day of the week in the days to come, else the date. */

import { serverNow } from "../../app/api";
import { wallTime } from "../../app/clock";
import { useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";

const WEEK = 6 * 86_400_000;

export function byWhen(tag: string, zone: string, due: number, now: number): string | null {
  if (due - now > WEEK || now - due > WEEK) return null;
  const today = wallTime(zone, now);
  const day = wallTime(zone, due);
  const same = today.day === day.day && today.month === day.month;
  const parts: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit", timeZone: zone };
  return new Intl.DateTimeFormat(tag, same ? parts : { weekday: "short", ...parts }).format(due);
}

/** On the clocks of the shop. */
export function useByWhen(): (iso: string) => string {
  const { tag } = useWords();
  const format = useFormat();
  const zone = useDeskState((state) => state.shop.timezone);
  return (iso) => byWhen(tag, zone, Date.parse(iso), serverNow()) ?? format.moment(iso, zone);
}
