/** What a rule would have done last week; nothing is changed by looking. */

import { Alert, Anchor, Modal, Paper, Progress, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { api } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useFormat } from "../../../app/format";
import { useWords } from "../../../app/i18n";
import { errorText } from "../../../ui/toast";
import { sayDeed, type Found, type Part, type Vocabulary, type Wording } from "./rule";
import { Why } from "./Why";

interface Hit {
  conversation_id: number;
  contact_name: string;
  last_text: string;
  event: string;
  found: Found[];
  then: Part[];
  at: string;
}
interface Answer {
  looked: number;
  total: number;
  hits: Hit[];
  next: string | null;
}
const SHOWN = 100;

export function RehearsalDialog({ wording, vocabulary, onClose }: { wording: Wording; vocabulary: Vocabulary; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const format = useFormat();
  const { base } = useDesk();
  const [seen, setSeen] = useState<Answer>({ looked: 0, total: 0, hits: [], next: "" });
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    const giveUp = new AbortController();
    const read = async () => {
      let after: string | null = null;
      do {
        const answer: Answer = await api.post<Answer>(`${base}/rules/rehearsal`, { wording, after });
        if (giveUp.signal.aborted) return;
        setSeen((now) => ({ ...answer, hits: [...now.hits, ...answer.hits] }));
        after = answer.next;
      } while (after !== null);
    };
    read().catch((error: unknown) => setWrong(errorText(words, error)));
    return () => giveUp.abort();
  }, [base, wording, words]);
  const done = seen.next === null;
  return (
    <Modal opened onClose={onClose} size="lg" title={t("rule.rehearsal")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack data-testid="rehearsal">
        {wrong && <Alert color="red">{wrong}</Alert>}
        <Progress value={done ? 100 : seen.total ? (seen.looked / seen.total) * 100 : 3} animated={!done} aria-label={t("rule.rehearsal")} />
        <Text fz="sm" role="status" data-testid={done ? "rehearsal-done" : "rehearsal-running"}>
          {t("rule.rehearsed", { looked: seen.looked, hits: seen.hits.length })}
        </Text>
        {seen.hits.slice(0, SHOWN).map((hit, at) => (
          <Paper key={at} withBorder radius="md" p="sm" data-testid="rehearsal-hit">
            <Text fz="sm" fw={600}>
              <Anchor href={`/console/inbox/all/${hit.conversation_id}`} target="_blank" inherit>
                {hit.contact_name || t("contact.unnamed", { id: hit.conversation_id })}
              </Anchor>{" "}
              · {format.stamp(hit.at)}
            </Text>
            <Text fz="xs" c="dimmed" truncate>
              {hit.last_text}
            </Text>
            <Why found={hit.found} vocabulary={vocabulary} />
            <Text fz="sm" mt={4}>
              → {hit.then.map((deed) => sayDeed(words, vocabulary, deed)).join(" · ")}
            </Text>
          </Paper>
        ))}
      </Stack>
    </Modal>
  );
}
