/** Asking for a new password, and choosing it with the link from the letter. */

import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useEffect, useState, type FormEvent } from "react";
import { Link, useLocation } from "wouter";
import { useWords } from "../../app/i18n";
import { auth, AuthError, readMe } from "../../app/session";
import { errorText, toastDone } from "../../ui/toast";
import { Frame } from "./Frame";

export default function ResetPassword({ resetKey }: { resetKey: string | undefined }) {
  return resetKey ? <Choose resetKey={resetKey} /> : <Ask />;
}

function Ask() {
  const words = useWords();
  const { t } = words;
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError("");
    try {
      await auth.requestReset(email.trim());
      setSent(true);
    } catch (failure) {
      setError(errorText(words, failure));
    } finally {
      setBusy(false);
    }
  };

  if (sent) {
    return (
      <Frame title={t("reset.sentTitle")} lead={t("reset.sentLead", { email })}>
        <BackToSignIn />
      </Frame>
    );
  }
  return (
    <Frame title={t("reset.askTitle")} lead={t("reset.askLead")}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <TextInput
            label={t("auth.email")}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            data-testid="reset-email"
          />
          {error && <Alert color="red">{error}</Alert>}
          <Button type="submit" loading={busy}>
            {t("reset.ask")}
          </Button>
        </Stack>
      </form>
      <BackToSignIn />
    </Frame>
  );
}

function BackToSignIn() {
  const { t } = useWords();
  return (
    <Anchor component={Link} to="/" fz="sm" ta="center">
      {t("reset.back")}
    </Anchor>
  );
}

function Choose({ resetKey }: { resetKey: string }) {
  const words = useWords();
  const { t } = words;
  const [, go] = useLocation();
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const [stale, setStale] = useState(false);
  useEffect(() => {
    auth.checkReset(resetKey).catch(() => setStale(true));
  }, [resetKey]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError("");
    try {
      await auth.reset(resetKey, password).catch((failure: unknown) => {
        // 401 means: changed, and now sign in with it.
        if (!(failure instanceof AuthError) || failure.status !== 401) throw failure;
      });
      toastDone(t("reset.done"));
      await readMe();
      go("/");
    } catch (failure) {
      setError(errorText(words, failure));
    } finally {
      setBusy(false);
    }
  };

  if (stale) {
    return (
      <Frame title={t("reset.staleTitle")} lead={t("reset.staleLead")}>
        <Button component={Link} to="/reset">
          {t("reset.ask")}
        </Button>
      </Frame>
    );
  }
  return (
    <Frame title={t("reset.chooseTitle")}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <PasswordInput
            label={t("account.newPassword")}
            description={t("auth.passwordRule")}
            autoComplete="new-password"
            minLength={10}
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": t("auth.showPassword") }}
          />
          {error && <Alert color="red">{error}</Alert>}
          <Button type="submit" loading={busy}>
            {t("reset.choose")}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
