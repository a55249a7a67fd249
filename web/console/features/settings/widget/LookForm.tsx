/** Everything about the look that a shop may choose. */

import { Button, ColorInput, Group, Input, NumberInput, SegmentedControl, Stack, Switch, TagsInput, Text, Title } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { api } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useWords, type Key } from "../../../app/i18n";
import type { Settings } from "../../../app/types";
import { attempt, toastDone } from "../../../ui/toast";
import { sameLook, type Appearance, type Look, type WidgetSettings } from "./look";
import { Texts } from "./Texts";

const SWATCHES = ["#0F766E", "#1D4ED8", "#6D28D9", "#9D174D", "#1C2421", "#4D7C0F"];
const MAX_OFFSET = 200;

interface Props {
  look: Look;
  saved: Look;
  onChange: (look: Look) => void;
}

export function LookForm({ look, saved, onChange }: Props) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [kept, setKept] = useState(saved);
  const [busy, setBusy] = useState(false);
  const { appearance } = look;
  const change = (part: Partial<Appearance>) => onChange({ ...look, appearance: { ...appearance, ...part } });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const done = await attempt(words, async () => {
      const answer = await api.patch<WidgetSettings>(`${base}/widget`, { appearance });
      const { color } = look.color === kept.color ? kept : await api.patch<Settings>(`${base}/settings`, { color: look.color });
      const now = { appearance: answer.appearance, color };
      setKept(now);
      onChange(now);
    });
    setBusy(false);
    if (done) toastDone(t("common.saved"));
  };
  const choice = <T extends string>(name: Key, value: T, labels: Record<T, string>, choose: (value: T) => void) => (
    <Stack gap={4} align="flex-start">
      <Input.Label component="div" id={`choice-${name}`}>
        {t(name)}
      </Input.Label>
      <SegmentedControl
        aria-labelledby={`choice-${name}`}
        data={Object.entries<string>(labels).map(([each, label]) => ({ value: each, label }))}
        value={value}
        onChange={(wanted) => choose(wanted as T)}
        data-testid={name}
      />
    </Stack>
  );
  const launchers = { round: t("widget.launcher.round"), pill: t("widget.launcher.pill"), tab: t("widget.launcher.tab") };
  const sides = { right: t("widget.side.right"), left: t("widget.side.left") };
  const themes = { auto: t("widget.theme.auto"), light: t("widget.theme.light"), dark: t("widget.theme.dark") };
  const offset = (label: Key, name: "offset_x" | "offset_y") => (
    <NumberInput
      label={t(label)}
      min={0}
      max={MAX_OFFSET}
      step={4}
      clampBehavior="strict"
      allowDecimal={false}
      value={appearance[name]}
      onChange={(value) => typeof value === "number" && change({ [name]: value })}
      data-testid={name}
    />
  );
  return (
    <Stack component="form" flex={1} miw={0} maw={560} gap="md" onSubmit={(event) => void submit(event)}>
      <Title order={2} fz="lg">
        {t("widget.lookTitle")}
      </Title>
      <ColorInput
        label={t("widget.color")}
        format="hex"
        withEyeDropper={false}
        swatches={SWATCHES}
        value={look.color}
        onChange={(color) => onChange({ ...look, color })}
        data-testid="widget-color"
      />
      {choice("widget.launcher", appearance.launcher, launchers, (launcher) => change({ launcher }))}
      <Group align="flex-end" gap="md">
        {choice("widget.side", appearance.side, sides, (side) => change({ side }))}
        {choice("widget.theme", appearance.theme, themes, (theme) => change({ theme }))}
      </Group>
      <Group grow>
        {offset("widget.offsetX", "offset_x")}
        {offset("widget.offsetY", "offset_y")}
      </Group>
      <TagsInput
        label={t("widget.hideTitle")}
        description={t("widget.hideHint")}
        value={appearance.hide}
        maxTags={20}
        onChange={(hide) => change({ hide })}
        acceptValueOnBlur
        data-testid="widget-hide"
      />
      <Switch
        label={t("widget.typing")}
        description={t("widget.typingHint")}
        checked={appearance.typing_preview}
        onChange={(event) => change({ typing_preview: event.currentTarget.checked })}
        data-testid="typing-preview"
      />
      <Texts appearance={appearance} onChange={change} />
      <Group gap="md">
        <Button type="submit" loading={busy} disabled={sameLook(look, kept)} data-testid="widget-save">
          {t("common.save")}
        </Button>
        {!sameLook(look, kept) && (
          <Text fz="sm" c="dimmed" role="status">
            {t("widget.unsaved")}
          </Text>
        )}
      </Group>
    </Stack>
  );
}
