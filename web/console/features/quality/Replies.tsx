/** Replies with the pieces that the coach means, and under each what it says of them. */

import { Anchor, Mark, Paper, Stack, Text } from "@mantine/core";
import type { QualityDetail } from "@sonnim/protocol";
import { Link } from "wouter";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { nameOf } from "../settings/coach/rules";
import { useRuleWords } from "../settings/coach/words";
import { cut } from "./scores";

export function Replies({ detail: { score, replies } }: { detail: QualityDetail }) {
  const t = useT();
  const format = useFormat();
  const words = useRuleWords();
  if (!replies.length) {
    return (
      <Text fz="sm" c="dimmed">
        {t("quality.repliesNone")}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {replies.map((reply) => (
        <Paper key={reply.entry_id} withBorder radius="md" p="sm" data-testid="quality-reply">
          <Text fz="sm" dir="auto" c={reply.text === null ? "dimmed" : undefined} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {reply.text === null
              ? t("quality.textGone")
              : cut(reply.text, reply.lines).map((piece, n) =>
                  piece.lines.length ? (
                    <Mark key={n} color="celadon">
                      {piece.text}
                    </Mark>
                  ) : (
                    piece.text
                  ),
                )}
          </Text>
          <Stack component="ul" gap={2} p={0} my={8} style={{ listStyle: "none" }}>
            {reply.lines.map((line) => (
              <Text component="li" key={`${line.rule}-${line.start}`} fz="xs">
                <b>{nameOf(words, line.rule)}</b>
                <Text span fz="xs" c="dimmed">
                  {` · ${t(`quality.severity.${line.severity}`)}${words[line.rule] ? ` · ${words[line.rule]?.about}` : ""}`}
                </Text>
              </Text>
            ))}
          </Stack>
          <Anchor component={Link} to={`/inbox/all/${score.conversation_id}?at=${reply.seq}`} fz="xs">
            {`${t("quality.place")} · ${format.stamp(reply.at)}`}
          </Anchor>
        </Paper>
      ))}
    </Stack>
  );
}
