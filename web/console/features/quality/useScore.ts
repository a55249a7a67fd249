/** One score while it is looked at; where a later one takes its place meanwhile, that one. */

import type { QualityDetail } from "@sonnim/protocol";
import { useEffect, useState } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import type { Resource } from "../settings/resource";
import { useQuality } from "./useQuality";

export function useScore(id: number): Resource<QualityDetail> {
  const { base } = useDesk();
  const [later, setLater] = useState({ of: id, id });
  const found = useQuality<QualityDetail>(`/quality/score/${later.of === id ? later.id : id}`);
  const was = found.failed ? found.data?.score : undefined;
  const { conversation_id: conversation, agent_id: agent } = was ?? {};
  useEffect(() => {
    if (conversation === undefined) return;
    // What was read before stays on the screen when this fails too; the next change asks again.
    api.get<{ items: QualityDetail[] }>(`${base}/quality/scores/${conversation}`).then(
      ({ items }) => {
        const now = items.find(({ score }) => score.agent_id === agent);
        if (now) setLater({ of: id, id: now.score.id });
      },
      () => undefined,
    );
  }, [base, conversation, agent, id]);
  return found;
}
