/** The chat on the store's pages: how it looks, beside a preview of it, when it is open, and how it gets there. */

import { Anchor, Divider, Flex, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { useT } from "../../app/i18n";
import type { Settings } from "../../app/types";
import { Failed, RowSkeletons } from "../../ui/States";
import { useResource } from "./resource";
import { Install } from "./widget/Install";
import { LookForm } from "./widget/LookForm";
import { OpenMode } from "./widget/OpenMode";
import { Preview } from "./widget/Preview";
import type { Look, WidgetSettings } from "./widget/look";

export default function WidgetSection() {
  const settings = useResource<Settings>("/settings");
  const widget = useResource<WidgetSettings>("/widget");
  if (settings.failed || widget.failed) return <Failed onRetry={settings.failed ? settings.reload : widget.reload} />;
  if (!settings.data || !widget.data) return <RowSkeletons count={4} />;
  return <Editor settings={settings.data} widget={widget.data} />;
}

function Editor({ settings, widget }: { settings: Settings; widget: WidgetSettings }) {
  const t = useT();
  const [look, setLook] = useState<Look>({ appearance: widget.appearance, color: settings.color });
  return (
    <Stack gap="xl">
      <OpenMode />
      <Divider />
      <Flex gap="xl" direction={{ base: "column", lg: "row" }} align={{ lg: "flex-start" }}>
        <LookForm look={look} saved={{ appearance: widget.appearance, color: settings.color }} onChange={setLook} />
        <Preview look={look} />
      </Flex>
      <Text fz="sm" c="dimmed">
        {t("widget.greetingHint")}{" "}
        <Anchor component={Link} to="/settings/scripts" fz="sm" data-testid="widget-greetings">
          {t("settings.scripts")}
        </Anchor>
      </Text>
      <Divider />
      <Title order={2} fz="lg">
        {t("widget.installTitle")}
      </Title>
      <Install settings={settings} />
    </Stack>
  );
}
