/** My account: profile, how I sign in, where I am signed in. */

import { Button, Group, Paper, SegmentedControl, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import type { Locale } from "@sonnim/protocol";
import { useState, type FormEvent, type ReactNode } from "react";
import { api } from "../../app/api";
import { LANGUAGE_NAMES, LOCALES, useT, useWords } from "../../app/i18n";
import { session } from "../../app/session";
import { Sheet } from "../../app/Shell";
import type { Me, Theme } from "../../app/types";
import { attempt, toastDone } from "../../ui/toast";
import { PasskeySection } from "./PasskeySection";
import { PasswordSection } from "./PasswordSection";
import { PasswordAgainProvider } from "./PasswordAgain";
import { SessionsSection } from "./SessionsSection";
import { TotpSection } from "./TotpSection";
import { useAuthenticators } from "./authenticators";

export function Card({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} radius="lg" component="section">
      <Stack gap="md">
        <div>
          <Title order={2} fz="md">
            {title}
          </Title>
          {hint && (
            <Text fz="sm" c="dimmed" mt={2}>
              {hint}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </Paper>
  );
}

export default function AccountPage({ me }: { me: Me }) {
  const t = useT();
  const authenticators = useAuthenticators();
  return (
    <PasswordAgainProvider>
      <Sheet>
        <Title order={1} fz="1.5rem">
          {t("account.title")}
        </Title>
        <Profile me={me} />
        <PasswordSection />
        <TotpSection authenticators={authenticators} />
        <PasskeySection authenticators={authenticators} />
        <SessionsSection />
      </Sheet>
    </PasswordAgainProvider>
  );
}

function Profile({ me }: { me: Me }) {
  const words = useWords();
  const { t } = words;
  const [name, setName] = useState(me.user.name);
  const change = async (part: { name?: string; locale?: Locale; theme?: Theme }) => {
    const done = await attempt(words, async () => {
      const now = await api.patch<Me>("/me", part);
      session.set(() => ({ status: "in", me: now }));
    });
    if (done && part.name) toastDone(t("common.saved"));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void change({ name });
  };
  const theme = (value: Theme, icon: ReactNode) => ({
    value,
    label: (
      <Group gap={6} wrap="nowrap" justify="center">
        {icon}
        {t(`theme.${value}`)}
      </Group>
    ),
  });
  return (
    <Card title={t("account.profile")} hint={me.user.email}>
      <form onSubmit={submit}>
        <Group align="flex-end" wrap="nowrap">
          <TextInput
            flex={1}
            maw={320}
            label={t("account.name")}
            value={name}
            required
            withAsterisk={false}
            maxLength={120}
            autoComplete="name"
            onChange={(event) => setName(event.currentTarget.value)}
            data-testid="account-name"
          />
          <Button type="submit" variant="light" disabled={!name.trim() || name === me.user.name}>
            {t("common.save")}
          </Button>
        </Group>
      </form>
      <Select
        maw={320}
        label={t("account.language")}
        data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        value={me.user.locale}
        allowDeselect={false}
        onChange={(value) => value && void change({ locale: value as Locale })}
        data-testid="account-language"
      />
      <Stack gap={4}>
        <Text fz="sm" fw={500} id="theme-label">
          {t("account.theme")}
        </Text>
        <SegmentedControl
          maw={420}
          aria-labelledby="theme-label"
          value={me.user.theme}
          onChange={(value) => void change({ theme: value as Theme })}
          data={[
            theme("auto", <IconDeviceDesktop size={15} aria-hidden="true" />),
            theme("light", <IconSun size={15} aria-hidden="true" />),
            theme("dark", <IconMoon size={15} aria-hidden="true" />),
          ]}
          data-testid="account-theme"
        />
      </Stack>
    </Card>
  );
}
