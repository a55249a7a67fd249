/** One step of the ladder, or an entry of the menu; open it has the words, the amount, and whom to ask above it. */

import { Badge, Group, Paper, Text, ThemeIcon, UnstyledButton } from "@mantine/core";
import { IconCheck, IconChevronDown, IconChevronRight, IconGavel } from "@tabler/icons-react";
import { useWords } from "../../app/i18n";
import { Give } from "./Give";
import { leftOf, measureOf, type Offered, type Wanted } from "./ladder";
import { saidIn, sumText } from "./words";

interface Props {
  conversation: number;
  order: string;
  entry: Offered;
  behind?: boolean;
  next?: boolean;
  open: boolean;
  onOpen: () => void;
  onSay: (entry: Offered, wanted: Wanted) => void;
  onAsked: () => void;
}

export function Step({ entry, behind = false, next = false, open, onOpen, ...giving }: Props) {
  const words = useWords();
  const { t } = words;
  const left = entry.kind ? leftOf(entry) : null;
  const Icon = behind ? IconCheck : entry.allowed ? (open ? IconChevronDown : IconChevronRight) : IconGavel;
  const title = saidIn(entry.title, words.locale) || t("plan.kind.other");
  return (
    <Paper
      role="listitem"
      radius="md"
      px={8}
      py={4}
      bd={open ? "1px solid var(--sonnim-line)" : "1px solid transparent"}
      data-testid={`step-${entry.step || entry.id}`}
      data-behind={behind || undefined}
      data-next={next || undefined}
    >
      <UnstyledButton w="100%" onClick={onOpen} aria-expanded={open} py={4}>
        <Group gap={8} wrap="nowrap" justify="space-between">
          <Group gap={8} wrap="nowrap" miw={0}>
            <ThemeIcon size={22} radius="xl" variant={next ? "filled" : "light"} color={behind ? "gray" : "celadon"}>
              <Icon size={13} aria-hidden="true" />
            </ThemeIcon>
            <Text fz="sm" fw={next ? 650 : 500} c={behind ? "dimmed" : undefined} style={{ overflowWrap: "anywhere" }}>
              {title}
            </Text>
          </Group>
          {behind ? (
            <Text fz="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
              {t("ladder.behind")}
            </Text>
          ) : next ? (
            <Badge size="sm" variant="light" style={{ flexShrink: 0 }}>
              {t("ladder.next")}
            </Badge>
          ) : null}
        </Group>
      </UnstyledButton>
      {entry.kind !== "" && (
        <Text fz="xs" c="dimmed" pl={30} data-testid="step-left">
          {entry.allowed
            ? left === null
              ? t("ladder.free")
              : t("ladder.left", { sum: sumText(words, { ...measureOf(entry), value: left }) })
            : t(`ladder.why.${entry.why === "not_for_role" || entry.why === "undecided" ? entry.why : "over_limit"}`)}
        </Text>
      )}
      {open && <Give entry={entry} {...giving} />}
    </Paper>
  );
}
