/** The coach's rules while they are looked at: changed one after the other, and followed when somebody else changes them. */

import type { CoachRule } from "@sonnim/protocol";
import { useRef } from "react";
import { api } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import { attempt, toastDone } from "../../../ui/toast";
import { useFollowing, useResource } from "../resource";
import { changed, type Wanted } from "./rules";

export const OF_COACH = ["coach.changed", "coach.quieted", "coach.heard"];

export function useRules() {
  const words = useWords();
  const { base } = useDesk();
  const found = useResource<{ rules: CoachRule[] }>("/coach/rules");
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  // What is on its way is not yet in what would be read now.
  const again = () => void (waiting.current || found.reload());
  useFollowing((event) => OF_COACH.includes(event.type) && again(), again);
  const inTurn = (work: () => Promise<unknown>) => {
    waiting.current++;
    line.current = line.current.then(() => attempt(words, work)).then(() => {
      waiting.current--;
      again();
    });
  };
  const change = (rule: CoachRule, wanted: Wanted) => {
    found.set(({ rules }) => ({ rules: rules.map((each) => (each.rule === rule.rule ? changed(each, wanted) : each)) }));
    inTurn(() => api.put(`${base}/coach/rules/${rule.rule}`, wanted));
  };
  const hear = (rule: CoachRule, agentId: number) => {
    const without = (each: CoachRule) => ({ ...each, quiet_agents: each.quiet_agents.filter((id) => id !== agentId) });
    found.set(({ rules }) => ({ rules: rules.map((each) => (each.rule === rule.rule ? without(each) : each)) }));
    inTurn(async () => {
      await api.delete(`${base}/coach/quiet/${rule.rule}`);
      toastDone(words.t("coach.heard"));
    });
  };
  return { rules: found.data?.rules ?? null, failed: found.failed, reload: found.reload, change, hear };
}
