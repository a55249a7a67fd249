/** Sign-in: password or passkey, then the second factor where there is one. */

import { Alert, Anchor, Button, Divider, PasswordInput, Stack, TextInput } from "@mantine/core";
import { IconFingerprint, IconInfoCircle } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { Link } from "wouter";
import { useWords } from "../../app/i18n";
import { auth, AuthError, readMe } from "../../app/session";
import { getPasskey, passkeysWork } from "../../app/webauthn";
import { errorText } from "../../ui/toast";
import { Frame } from "./Frame";
import { SecondFactor } from "./SecondFactor";

export function SignIn({ why }: { why?: string | undefined }) {
  const words = useWords();
  const { t } = words;
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState<"password" | "passkey" | null>(null);
  const [error, setError] = useState("");
  const [factors, setFactors] = useState<string[] | null>(null);

  async function enter(kind: "password" | "passkey", step: () => Promise<unknown>): Promise<void> {
    setBusy(kind);
    setError("");
    try {
      await step();
      await readMe();
    } catch (failure) {
      if (failure instanceof AuthError && failure.factors) setFactors(failure.factors);
      else if (failure instanceof DOMException) setError(t("auth.passkeyCancelled"));
      else setError(errorText(words, failure));
    } finally {
      setBusy(null);
    }
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter("password", () => auth.login(email.trim(), password));
  };
  const passkey = () =>
    enter("passkey", async () => {
      const { request_options } = await auth.passkeyOptions();
      await auth.passkeyLogin(await getPasskey(request_options));
    });

  if (factors) return <SecondFactor factors={factors} onBack={() => setFactors(null)} />;
  return (
    <Frame title={t("auth.title")}>
      {why && (
        <Alert icon={<IconInfoCircle size={18} />} color="gray" data-testid="signed-out-why">
          {words.lookup(`revoked.${why}`, "revoked.unauthenticated")}
        </Alert>
      )}
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t("auth.email")}
            type="email"
            autoComplete="username webauthn"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            data-testid="sign-in-email"
          />
          <PasswordInput
            label={t("auth.password")}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": t("auth.showPassword") }}
            data-testid="sign-in-password"
          />
          {error && (
            <Alert color="red" role="alert" data-testid="sign-in-error">
              {error}
            </Alert>
          )}
          <Button type="submit" loading={busy === "password"} fullWidth mt={4} data-testid="sign-in">
            {t("auth.signIn")}
          </Button>
        </Stack>
      </form>
      {passkeysWork() && (
        <>
          <Divider label={t("auth.or")} labelPosition="center" />
          <Button
            variant="default"
            fullWidth
            leftSection={<IconFingerprint size={18} />}
            loading={busy === "passkey"}
            onClick={() => void passkey()}
            data-testid="sign-in-passkey"
          >
            {t("auth.passkey")}
          </Button>
        </>
      )}
      <Anchor component={Link} to="/reset" fz="sm" ta="center">
        {t("auth.forgot")}
      </Anchor>
    </Frame>
  );
}
