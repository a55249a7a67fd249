/** The widget on the shop's own pages: the tag to copy, where it may stand, the secret that proves shoppers. */

import { Alert, Button, Group, Stack, TagsInput, Text, Title } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../../app/api";
import { useDesk, useDeskState } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import type { Settings } from "../../../app/types";
import { Confirm } from "../../../ui/Confirm";
import { Copyable } from "../../../ui/Copyable";
import { scriptTag } from "../../../ui/scriptTag";
import { attempt, toastDone } from "../../../ui/toast";

export function Install({ settings }: { settings: Settings }) {
  return (
    <Stack gap="xl" maw={680}>
      <Tag />
      <Origins settings={settings} />
      <Secret known={settings.identity_secret_set} />
    </Stack>
  );
}

function Tag() {
  const { t } = useWords();
  const key = useDeskState((state) => state.shop.public_key);
  return (
    <Stack gap={8}>
      <Title order={2} fz="md">
        {t("widget.tagTitle")}
      </Title>
      <Text fz="sm" c="dimmed">
        {t("widget.tagHint")}
      </Text>
      <Copyable value={scriptTag(`/widget/${key}.js`)} testid="widget-tag" />
      <Text fz="sm" c="dimmed" mt="sm">
        {t("widget.apiHint")} {t("widget.embedHint")}
      </Text>
      <Copyable
        value={`import { load } from "@sonnim/embed";\n\nconst sonnim = load({ origin: "${location.origin}", key: "${key}" });\nsonnim("open");`}
        testid="widget-embed"
      />
    </Stack>
  );
}

function Origins({ settings }: { settings: Settings }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [origins, setOrigins] = useState(settings.allowed_origins);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const done = await attempt(words, async () => {
      const saved = await api.patch<Settings>(`${base}/settings`, { allowed_origins: origins });
      setOrigins(saved.allowed_origins);
    });
    setBusy(false);
    if (done) toastDone(t("common.saved"));
  };
  return (
    <Stack gap={8}>
      <Title order={2} fz="md">
        {t("widget.originsTitle")}
      </Title>
      <TagsInput
        aria-label={t("widget.originsTitle")}
        description={t("widget.originsHint")}
        placeholder="https://shop.example"
        value={origins}
        maxTags={20}
        onChange={setOrigins}
        acceptValueOnBlur
        data-testid="allowed-origins"
      />
      <Group>
        <Button variant="light" loading={busy} onClick={() => void save()}>
          {t("common.save")}
        </Button>
      </Group>
    </Stack>
  );
}

function Secret({ known }: { known: boolean }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [secret, setSecret] = useState("");
  const [asking, setAsking] = useState(false);
  const rotate = () =>
    attempt(words, async () => {
      setSecret((await api.post<{ secret: string }>(`${base}/settings/identity-secret`)).secret);
    });
  return (
    <Stack gap={8}>
      <Title order={2} fz="md">
        {t("widget.secretTitle")}
      </Title>
      <Text fz="sm" c="dimmed">
        {t("widget.secretHint")}
      </Text>
      {secret && (
        <Alert icon={<IconShieldLock size={18} />} title={t("common.shownOnce")}>
          <Copyable value={secret} testid="identity-secret" />
        </Alert>
      )}
      <Group>
        <Button variant="light" color={known ? "red" : "celadon"} onClick={() => (known ? setAsking(true) : void rotate())}>
          {known ? t("widget.rotate") : t("widget.makeSecret")}
        </Button>
      </Group>
      {asking && (
        <Confirm
          title={t("widget.rotate")}
          text={t("widget.rotateText")}
          action={t("widget.rotate")}
          onConfirm={rotate}
          onClose={() => setAsking(false)}
        />
      )}
    </Stack>
  );
}
