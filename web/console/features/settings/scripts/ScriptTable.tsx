/** The scripts as a table; on a phone, one below the other. */

import { ActionIcon, Badge, Group, Paper, Stack, Table, Text, Tooltip, UnstyledButton, VisuallyHidden } from "@mantine/core";
import type { Canned } from "@sonnim/protocol";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { serverNow } from "../../../app/api";
import { useDeskState } from "../../../app/desk/context";
import { LANGUAGE_NAMES, LOCALES, useWords } from "../../../app/i18n";
import { useIsPhone } from "../../../app/viewport";
import { dayIn } from "../../composer/scripts";
import { outcomeOf, season, share } from "./outcomes";

interface Props {
  scripts: readonly Canned[];
  /** Whether they are all of one stage, which need not be said again. */
  staged: boolean;
  onEdit: (script: Canned) => void;
  onRemove: (script: Canned) => void;
}

export function ScriptTable({ scripts, staged, onEdit, onRemove }: Props) {
  const { t } = useWords();
  const phone = useIsPhone();
  if (phone) {
    return (
      <Stack gap="sm">
        {scripts.map((each) => (
          <Paper key={each.id} withBorder radius="lg" px="md" py="sm" data-testid="canned">
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <Named script={each} staged={staged} onEdit={onEdit} />
              <Tools script={each} onEdit={onEdit} onRemove={onRemove} />
            </Group>
            <Group gap={8} mt={6}>
              <Languages script={each} />
              <Text fz="xs" c="dimmed">
                {t("canned.used", { count: each.used })}
              </Text>
            </Group>
          </Paper>
        ))}
      </Stack>
    );
  }
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("canned.title")}</Table.Th>
            <Table.Th>{t("scripts.languages")}</Table.Th>
            {(["used", "answered", "resolved", "solved"] as const).map((name) => (
              <Table.Th key={name} ta="end">
                <Tooltip label={t(`scripts.${name}Hint`)} multiline maw={260}>
                  <span>{t(`scripts.${name}`)}</span>
                </Tooltip>
              </Table.Th>
            ))}
            <Table.Th>
              <VisuallyHidden>{t("scripts.more")}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {scripts.map((each) => (
            <Row key={each.id} script={each} staged={staged} onEdit={onEdit} onRemove={onRemove} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ script, staged, onEdit, onRemove }: Omit<Props, "scripts"> & { script: Canned }) {
  const { used, answered, resolved, solved, unsolved } = outcomeOf(script);
  const figures = [share(answered, used), share(resolved, used), share(solved, solved + unsolved)];
  return (
    <Table.Tr data-testid="canned">
      <Table.Td maw={380}>
        <Named script={script} staged={staged} onEdit={onEdit} />
      </Table.Td>
      <Table.Td>
        <Languages script={script} />
      </Table.Td>
      <Table.Td ta="end" data-testid="script-used">
        {used}
      </Table.Td>
      {figures.map((figure, n) => (
        <Table.Td key={n} ta="end" c={figure === null ? "dimmed" : undefined}>
          {figure === null ? "–" : `${figure}%`}
        </Table.Td>
      ))}
      <Table.Td>
        <Tools script={script} onEdit={onEdit} onRemove={onRemove} />
      </Table.Td>
    </Table.Tr>
  );
}

function Named({ script, staged, onEdit }: { script: Canned } & Pick<Props, "staged" | "onEdit">) {
  const { t, locale } = useWords();
  const teams = useDeskState((state) => state.tables.teams);
  const team = script.team_id === null ? undefined : teams[script.team_id];
  const first = (script.texts[locale] ?? Object.values(script.texts)[0])?.[0];
  return (
    <Stack gap={2} miw={0} flex={1}>
      <UnstyledButton onClick={() => onEdit(script)}>
        <Group gap={8} wrap="nowrap">
          <Text fw={600} fz="sm" truncate>
            {script.title}
          </Text>
          <Text fz="sm" c="var(--sonnim-accent)" style={{ flexShrink: 0 }}>
            /{script.shortcut}
          </Text>
        </Group>
      </UnstyledButton>
      <Text fz="xs" c="dimmed" lineClamp={2}>
        {first?.text}
      </Text>
      <Group gap={6}>
        {!staged && script.stage && (
          <Badge size="sm" variant="light" color="gray" tt="none">
            {t(`stage.${script.stage}`)}
          </Badge>
        )}
        {script.automatic && (
          <Badge size="sm" variant="light" tt="none" data-testid="script-automatic">
            {t("scripts.automatic")}
          </Badge>
        )}
        {team && (
          <Badge size="sm" variant="light" tt="none">
            {team.name}
          </Badge>
        )}
        <Period script={script} />
      </Group>
    </Stack>
  );
}

/** From when to when, and whether that is now. */
function Period({ script }: { script: Canned }) {
  const { t } = useWords();
  const zone = useDeskState((state) => state.shop.timezone);
  const { active_from: first, active_until: last } = script;
  if (!first && !last) return null;
  const when = season(script, dayIn(zone, serverNow()));
  return (
    <Badge size="sm" variant="light" color={when === "now" ? undefined : "gray"} tt="none" data-testid="script-period">
      {first ?? ""} ~ {last ?? ""}
      {when !== "now" && ` · ${t(`scripts.${when}`)}`}
    </Badge>
  );
}

/** How many ways there are to say it in each language; a language without any stands out. */
function Languages({ script }: { script: Canned }) {
  const { t } = useWords();
  return (
    <Group gap={4} wrap="nowrap">
      {LOCALES.map((each) => {
        const count = script.texts[each]?.length ?? 0;
        const label = t(count ? "scripts.ways" : "scripts.missing", { language: LANGUAGE_NAMES[each], count });
        return (
          <Tooltip key={each} label={label}>
            <Badge size="sm" variant={count ? "light" : "outline"} color="gray" tt="none" aria-label={label} role="img">
              {t(`scripts.short.${each}`)} {count || "–"}
            </Badge>
          </Tooltip>
        );
      })}
    </Group>
  );
}

function Tools({ script, onEdit, onRemove }: { script: Canned } & Pick<Props, "onEdit" | "onRemove">) {
  const { t } = useWords();
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <ActionIcon aria-label={t("canned.edit", { title: script.title })} onClick={() => onEdit(script)} data-testid="canned-edit">
        <IconPencil size={17} />
      </ActionIcon>
      <ActionIcon aria-label={t("canned.delete", { title: script.title })} onClick={() => onRemove(script)} data-testid="canned-delete">
        <IconTrash size={17} />
      </ActionIcon>
    </Group>
  );
}
