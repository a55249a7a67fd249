/** Why something is held, in the reader's language where the server's own words are known. */

import { useWords } from "../../../app/i18n";

export function useReason(): (reason: string) => string {
  const { lookup } = useWords();
  return (reason) => lookup(`quarantine.because.${wordsOf(reason)}`, "quarantine.because.other", { reason });
}

/** The first five words, without numbers: what such a reason is known by. */
function wordsOf(reason: string): string {
  return (reason.toLowerCase().match(/[a-z]+/g) ?? []).slice(0, 5).join("_");
}
