/** The second factor: a code from the app, a recovery code, or a passkey. */

import { Alert, Anchor, Button, Stack, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useWords } from "../../app/i18n";
import { auth, readMe } from "../../app/session";
import { getPasskey, passkeysWork } from "../../app/webauthn";
import { errorText } from "../../ui/toast";
import { Frame } from "./Frame";

export function SecondFactor({ factors, onBack }: { factors: string[]; onBack: () => void }) {
  const words = useWords();
  const { t } = words;
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");

  async function enter(step: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setError("");
    try {
      await step();
      await readMe();
    } catch (failure) {
      setError(failure instanceof DOMException ? t("auth.passkeyCancelled") : errorText(words, failure));
    } finally {
      setBusy(false);
    }
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter(() => auth.factor(code.replaceAll(" ", "")));
  };
  const passkey = () =>
    enter(async () => {
      const { request_options } = await auth.passkeyFactorOptions();
      await auth.passkeyFactor(await getPasskey(request_options));
    });

  return (
    <Frame title={t("auth.factorTitle")} lead={t("auth.factorLead")}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t("auth.code")}
            description={t("auth.codeHint")}
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            data-autofocus
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            data-testid="sign-in-code"
          />
          {error && (
            <Alert color="red" role="alert" data-testid="sign-in-error">
              {error}
            </Alert>
          )}
          <Button type="submit" loading={busy} fullWidth data-testid="sign-in-confirm">
            {t("auth.confirm")}
          </Button>
        </Stack>
      </form>
      {factors.includes("webauthn") && passkeysWork() && (
        <Button variant="default" leftSection={<IconFingerprint size={18} />} onClick={() => void passkey()}>
          {t("auth.passkey")}
        </Button>
      )}
      <Anchor component="button" type="button" fz="sm" onClick={onBack}>
        {t("common.back")}
      </Anchor>
    </Frame>
  );
}
