/** What people hold of a score, and by how much they differ. */

import { Box, Divider, Group, Stack, Text } from "@mantine/core";
import type { QualityDetail, QualityReview } from "@sonnim/protocol";
import { Fragment } from "react";
import { useAgent } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT, useWords } from "../../app/i18n";
import { Points } from "./Points";
import { criterionName } from "./scorecard";

export function Reviews({ detail }: { detail: QualityDetail }) {
  const { t, locale } = useWords();
  const format = useFormat();
  const { reviews, difference, total_difference: apart, scorecard } = detail;
  const differing = scorecard.criteria.filter(({ id }) => difference[id]);
  return (
    <Stack gap="sm">
      {reviews.map((review, n) => (
        <Fragment key={review.id}>
          {n > 0 && <Divider color="var(--sonnim-line)" />}
          <Review review={review} detail={detail} />
        </Fragment>
      ))}
      {apart !== null && (
        <Text fz="sm" data-testid="quality-apart">
          {t("quality.apart", { by: format.number(apart) })}
          {differing.length > 0 && ` ${differing.map(({ id, names }) => `${criterionName({ id, names }, locale)} ${format.number(difference[id] ?? 0)}`).join(" · ")}`}
        </Text>
      )}
    </Stack>
  );
}

function Review({ review, detail }: { review: QualityReview; detail: QualityDetail }) {
  const { locale } = useWords();
  const t = useT();
  const format = useFormat();
  const reviewer = useAgent(review.reviewer_id);
  return (
    <Box data-testid="quality-review">
      <Group justify="space-between" gap={8}>
        <Text fz="sm" fw={600}>
          {reviewer?.name ?? t("coach.former")}
          <Text span fz="xs" c="dimmed" fw={400}>{` · ${format.stamp(review.at)}`}</Text>
        </Text>
        <Points value={review.points} size="sm" />
      </Group>
      {review.words && (
        <Text fz="sm" dir="auto" style={{ overflowWrap: "anywhere" }}>
          {review.words}
        </Text>
      )}
      {detail.scorecard.criteria
        .filter(({ id }) => review.notes[id])
        .map(({ id, names }) => (
          <Text key={id} fz="sm" c="dimmed" dir="auto" style={{ overflowWrap: "anywhere" }}>
            {`${criterionName({ id, names }, locale)}: ${review.notes[id] ?? ""}`}
          </Text>
        ))}
    </Box>
  );
}
