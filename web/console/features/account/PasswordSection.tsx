/** Changing the password; every other session ends with it. */

import { Alert, Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useWords } from "../../app/i18n";
import { auth } from "../../app/session";
import { errorText, toastDone } from "../../ui/toast";
import { Card } from "./AccountPage";

export function PasswordSection() {
  const words = useWords();
  const { t } = words;
  const [now, setNow] = useState("");
  const [next, setNext] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError("");
    try {
      await auth.changePassword(now, next);
      setNow("");
      setNext("");
      toastDone(t("account.passwordChanged"));
    } catch (failure) {
      setError(errorText(words, failure));
    } finally {
      setBusy(false);
    }
  };
  const toggle = { "aria-label": t("auth.showPassword") };
  return (
    <Card title={t("account.password")} hint={t("account.passwordHint")}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm" maw={320}>
          <PasswordInput
            label={t("account.currentPassword")}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={now}
            visibilityToggleButtonProps={toggle}
            onChange={(event) => setNow(event.currentTarget.value)}
          />
          <PasswordInput
            label={t("account.newPassword")}
            description={t("auth.passwordRule")}
            autoComplete="new-password"
            minLength={10}
            required
            withAsterisk={false}
            value={next}
            visibilityToggleButtonProps={toggle}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          {error && (
            <Alert color="red" role="alert">
              {error}
            </Alert>
          )}
          <Group>
            <Button type="submit" variant="light" loading={busy}>
              {t("account.changePassword")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
