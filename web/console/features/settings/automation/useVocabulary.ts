/** The words of the shop for rules; its scripts are read when somebody asks. */

import { useMemo } from "react";
import { useDeskState } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import { useCannedResponses } from "../../composer/useScripts";
import { vocabularyOf, type Vocabulary } from "./rule";

export function useVocabulary(): Vocabulary {
  const words = useWords();
  const tables = useDeskState((state) => state.tables);
  const channels = useDeskState((state) => state.channels);
  useCannedResponses();
  return useMemo(() => vocabularyOf(words, tables, channels), [words, tables, channels]);
}
