/** What a notice says in a line. */

import type { DeskState } from "../../app/desk/state";
import type { Words } from "../../app/i18n";
import type { News } from "./news";

export function titleOf({ t }: Words, state: DeskState, { kind, by, conversation }: Pick<News, "kind" | "by" | "conversation">): string {
  const agent = by === null ? undefined : state.tables.agents[by]?.name;
  const contact = state.tables.contacts[state.tables.conversations[conversation]?.contact_id ?? 0]?.name;
  return t(`notice.${kind}`, { by: agent || t("notices.colleague"), contact: contact || t("notices.shopper") });
}
