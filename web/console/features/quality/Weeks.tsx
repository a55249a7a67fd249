/** Weeks as a small line, with the same in words for whoever does not see it. */

import { Stack, Text } from "@mantine/core";
import type { QualitySummary } from "@sonnim/protocol";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { HEIGHT, lines, WIDTH } from "./scores";
import { useWeekName } from "./useWeekName";

export function Weeks({ weeks }: { weeks: QualitySummary["weeks"] }) {
  const t = useT();
  const format = useFormat();
  const name = useWeekName();
  const said = weeks.map(({ week, mean }) => t("quality.weekOf", { week: name(week), points: mean === null ? t("quality.noScores") : format.number(mean) }));
  const first = weeks[0];
  const last = weeks.at(-1);
  return (
    <Stack gap={2} data-testid="quality-weeks">
      <svg role="img" aria-label={said.join("; ")} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" height={HEIGHT} preserveAspectRatio="none">
        {[0, 0.5, 1].map((share) => (
          <line key={share} x1={0} x2={WIDTH} y1={4 + share * (HEIGHT - 8)} y2={4 + share * (HEIGHT - 8)} stroke="var(--sonnim-line)" vectorEffect="non-scaling-stroke" />
        ))}
        {lines(weeks.map(({ mean }) => mean)).map((dots) => (
          <polyline
            key={dots[0]?.at}
            points={(dots.length > 1 ? dots : dots.flatMap((dot) => [{ ...dot, x: dot.x - 3 }, { ...dot, x: dot.x + 3 }])).map(({ x, y }) => `${x},${y}`).join(" ")}
            fill="none"
            stroke="var(--sonnim-accent)"
            strokeWidth={2.5}
            strokeLinecap="round"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      <Text fz="xs" c="dimmed" style={{ display: "flex", justifyContent: "space-between" }} aria-hidden="true">
        <span>{first && name(first.week)}</span>
        <span>{last && name(last.week)}</span>
      </Text>
    </Stack>
  );
}
