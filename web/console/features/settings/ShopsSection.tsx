/** My shops: from one to the other, and another one. */

import { Badge, Box, Button, Group, Modal, Paper, Select, Stack, Text, TextInput } from "@mantine/core";
import type { Locale } from "@sonnim/protocol";
import { IconBuildingStore, IconPlus } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { api } from "../../app/api";
import { useDeskState } from "../../app/desk/context";
import { LANGUAGE_NAMES, LOCALES, useWords } from "../../app/i18n";
import { chooseShop, session } from "../../app/session";
import { useStore } from "../../app/store";
import type { Me, Membership } from "../../app/types";
import { attempt } from "../../ui/toast";

export default function ShopsSection() {
  const { t } = useWords();
  const here = useDeskState((state) => state.shop.id);
  const name = useDeskState((state) => state.shop.name);
  const shops = useStore(session, (state) => (state.status === "in" ? state.me.shops : NONE));
  const [opening, setOpening] = useState(false);
  const owns = shops.some((shop) => shop.role === "owner");
  return (
    <Stack gap="md">
      <Paper withBorder radius="lg">
        {shops.map((shop) => (
          <Group key={shop.id} px="md" py={12} gap="sm" wrap="nowrap" data-testid="shop">
            <IconBuildingStore size={20} stroke={1.6} aria-hidden="true" />
            <Box flex={1} miw={0}>
              <Text fz="sm" fw={550} truncate>
                {shop.id === here ? name : shop.name}
              </Text>
              <Text fz="xs" c="dimmed">
                {t(`role.${shop.role}`)}
              </Text>
            </Box>
            {shop.id === here ? (
              <Badge>{t("shops.here")}</Badge>
            ) : (
              <Button size="xs" variant="light" onClick={() => chooseShop(shop.id)}>
                {t("shops.go")}
              </Button>
            )}
          </Group>
        ))}
      </Paper>
      {owns && (
        <Group>
          <Button leftSection={<IconPlus size={16} />} onClick={() => setOpening(true)} data-testid="new-shop">
            {t("shops.new")}
          </Button>
        </Group>
      )}
      {opening && <NewShop known={shops} onClose={() => setOpening(false)} />}
    </Stack>
  );
}

const NONE: Membership[] = [];

function NewShop({ known, onClose }: { known: Membership[]; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const [, go] = useLocation();
  const [name, setName] = useState("");
  const [locale, setLocale] = useState<Locale>(words.locale);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    await attempt(words, async () => {
      const me = await api.post<Me>("/shops", { name, locale, timezone });
      session.set(() => ({ status: "in", me }));
      const made = me.shops.find((shop) => !known.some((each) => each.id === shop.id));
      if (made) chooseShop(made.id);
      go("/welcome");
    });
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={t("shops.new")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <Text fz="sm" c="dimmed">
            {t("shops.newHint")}
          </Text>
          <TextInput
            label={t("settings.name")}
            required
            withAsterisk={false}
            maxLength={120}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-testid="new-shop-name"
          />
          <Select
            label={t("settings.locale")}
            data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            value={locale}
            allowDeselect={false}
            onChange={(value) => value && setLocale(value as Locale)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={busy} data-testid="new-shop-make">
              {t("shops.make")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
