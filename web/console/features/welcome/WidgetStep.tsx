/** The tag for the shop's pages, and the addresses on which the chat may open. */

import { Button, Group, Stack, TagsInput, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Copyable } from "../../ui/Copyable";
import { scriptTag } from "../../ui/scriptTag";
import { attempt } from "../../ui/toast";

export function WidgetStep({ onDone }: { onDone: () => void }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const shop = useDeskState((state) => state.shop);
  const [origins, setOrigins] = useState(shop.allowed_origins);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const done = await attempt(words, () => api.patch(`${base}/settings`, { allowed_origins: origins }));
    setBusy(false);
    if (done) onDone();
  };
  return (
    <Stack gap="md">
      <Text fz="sm">{t("widget.tagHint")}</Text>
      <Copyable value={scriptTag(`/widget/${shop.public_key}.js`)} testid="welcome-tag" />
      <TagsInput
        label={t("widget.originsTitle")}
        description={t("widget.originsHint")}
        placeholder="https://shop.example"
        value={origins}
        maxTags={20}
        onChange={setOrigins}
        acceptValueOnBlur
        data-testid="welcome-origins"
      />
      <Group>
        <Button loading={busy} onClick={() => void save()} data-testid="welcome-next">
          {t("welcome.next")}
        </Button>
      </Group>
    </Stack>
  );
}
