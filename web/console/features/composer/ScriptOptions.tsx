/** Scripts as options of the field: the next variant that this shopper has not read, as it would be read. */

import { Badge, Box, Group, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useT } from "../../app/i18n";
import { useSaid } from "./said";
import type { Choice } from "./scripts";
import type { Option } from "./Suggestions";
import { useFilling, useScriptChoices, type About } from "./useScripts";

const NOTHING: Readonly<Record<number, number>> = {};

export function useScriptOptions(about: About, query: string | null): Option[] | null {
  const t = useT();
  const choices = useScriptChoices(about, query);
  const { text, document } = useFilling(about);
  const said = useSaid(about.contact_id, query !== null);
  const [turned, setTurned] = useState(NOTHING);
  return useMemo(() => {
    if (!choices) return null;
    const read = new Set(said?.map((each) => each.variant_id));
    const moment = choices[0]?.canned.stage;
    return choices.map((choice): Option => {
      const { id, stage } = choice.canned;
      const variants = choice.canned.texts[choice.locale] ?? [];
      const count = variants.length;
      const at = (choice.at + (turned[id] ?? 0) + count) % count;
      const turn = (by: 1 | -1) => setTurned((now) => ({ ...now, [id]: ((now[id] ?? 0) + by + count) % count }));
      const name = t(stage ? `stage.${stage}` : "stage.none");
      return {
        id: String(id),
        ...(!query && { group: stage && stage === moment ? t("script.fitsNow", { stage: name }) : name }),
        document: () => document(choice, at),
        turn: count > 1 ? turn : undefined,
        face: (marked) => (
          <Face choice={choice} text={text(choice, at)} marked={marked} place={count > 1 ? `${at + 1}/${count}` : ""} read={read.has(variants[at]?.id ?? 0)} />
        ),
      };
    });
  }, [choices, said, turned, query, t, text, document]);
}

interface FaceProps {
  choice: Choice;
  text: string;
  marked: boolean;
  /** Which of how many variants; empty where there is one. */
  place: string;
  /** Whether this shopper has read it already. */
  read: boolean;
}

function Face({ choice, text, marked, place, read }: FaceProps) {
  const t = useT();
  return (
    <Box miw={0}>
      <Group gap={8} wrap="nowrap">
        <Text fz="sm" fw={600} truncate>
          {choice.canned.title}
        </Text>
        <Text fz="xs" c="var(--sonnim-accent)" style={{ flexShrink: 0 }}>
          /{choice.canned.shortcut}
        </Text>
        {read && (
          <Badge size="xs" variant="light" color="gray" tt="none" style={{ flexShrink: 0 }} data-testid="suggestion-read">
            {t("script.read")}
          </Badge>
        )}
        {marked && place && (
          <Text fz="xs" c="dimmed" ml="auto" style={{ flexShrink: 0 }} data-testid="suggestion-variant">
            {place}
          </Text>
        )}
      </Group>
      <Text fz="xs" c="dimmed" lang={choice.locale} {...(marked ? { lineClamp: 6, style: { whiteSpace: "pre-line" } } : { truncate: true })}>
        {marked ? text : text.replaceAll("\n", " ")}
      </Text>
    </Box>
  );
}
