/** A week by its Monday, in few letters. */

import { useWords } from "../../app/i18n";

export function useWeekName(): (week: string) => string {
  const { tag } = useWords();
  const date = new Intl.DateTimeFormat(tag, { month: "short", day: "numeric", timeZone: "UTC" });
  return (week) => date.format(new Date(`${week}T00:00:00Z`));
}
