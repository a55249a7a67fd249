/** The sentences for what agents do together. */

import type { Entry } from "@sonnim/protocol";
import type { Words } from "../../app/i18n";
import { concessionText } from "../ladder/words";

interface People {
  who: string;
  nameOf: (id: number | null | undefined) => string;
}

/** The sentence for an event of working together; null for every other one. */
export function togetherText(words: Words, { who, nameOf }: People, { data }: Entry): string | null {
  const { t, lookup } = words;
  const what = data.matter ? concessionText(words, data.matter) : "";
  const { conversation_id: id = 0, count = 0 } = data;
  switch (data.what) {
    case "merged":
      return data.conversation_id ? t("event.mergedHere", { who, id, count }) : null;
    case "merged_into":
      return t("event.mergedInto", { who, id });
    case "unmerged":
      return t("event.unmerged", { who, id });
    case "split_from":
      return t("event.splitFrom", { who, id, count });
    case "split_off":
      return t("event.splitOff", { who, id, count });
    case "linked":
      return t("event.linked", { who, id });
    case "asked": {
      const role = lookup(`question.role.${data.to_role ?? ""}`, "event.someone");
      const to = data.to_agent_id ? nameOf(data.to_agent_id) : role;
      return what ? t("event.askedMatter", { who, to, what }) : t("event.asked", { who, to });
    }
    case "answered":
      return data.matter?.outcome ? decidedText(words, who, data.matter) : t("event.answered", { who });
    case "question_handed": {
      const role = lookup(`question.role.${data.to_role ?? ""}`, "event.someone");
      return t("event.questionHanded", { to: data.to_agent_id ? nameOf(data.to_agent_id) : role });
    }
    case "concession":
      return t(data.matter?.kind === "stand" ? "event.stood" : "event.concession", { who, what });
    case "concession_taken_back":
      return t("event.concessionTakenBack", { who, what });
    case "question_withdrawn":
      return t("event.questionWithdrawn", { who });
    case "question_overdue":
      return t("event.questionOverdue");
    default:
      return null;
  }
}

/** What somebody decided about a concession, with what they granted of it. */
function decidedText(words: Words, who: string, matter: NonNullable<Entry["data"]["matter"]>): string {
  const what = concessionText(words, { ...matter, value: matter.granted || matter.value });
  return words.t(`event.approval.${matter.outcome || "refused"}`, { who, what });
}
