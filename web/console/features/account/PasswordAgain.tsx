/** Asks for the password again before what is delicate, then goes on where it was. */

import { Alert, Button, Group, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { createContext, useCallback, useContext, useState, type FormEvent, type ReactNode } from "react";
import { useWords } from "../../app/i18n";
import { auth, AuthError } from "../../app/session";
import { errorText, toastError } from "../../ui/toast";

type Step = () => Promise<unknown>;

const Context = createContext<(step: Step) => Promise<boolean>>(() => Promise.resolve(false));

/** Runs a step, asking for the password when the server wants it; answers whether it went through. */
export function useGuarded(): (step: Step) => Promise<boolean> {
  return useContext(Context);
}

interface Asked {
  step: Step;
  settle: (done: boolean) => void;
}

export function PasswordAgainProvider({ children }: { children: ReactNode }) {
  const words = useWords();
  const [asked, setAsked] = useState<Asked | null>(null);
  const run = useCallback(
    async (step: Step): Promise<boolean> => {
      try {
        await step();
        return true;
      } catch (error) {
        if (error instanceof AuthError && error.needsPasswordAgain) {
          return new Promise((settle) => setAsked({ step, settle }));
        }
        if (!(error instanceof DOMException)) toastError(words, error);
        return false;
      }
    },
    [words],
  );
  const close = (done: boolean) => {
    asked?.settle(done);
    setAsked(null);
  };
  return (
    <Context value={run}>
      {children}
      {asked && <Ask step={asked.step} onClose={close} />}
    </Context>
  );
}

function Ask({ step, onClose }: { step: Step; onClose: (done: boolean) => void }) {
  const words = useWords();
  const { t } = words;
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError("");
    try {
      await auth.again(password);
      await step();
      onClose(true);
    } catch (failure) {
      setError(errorText(words, failure));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={() => onClose(false)} title={t("again.title")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <Text fz="sm">{t("again.text")}</Text>
          <PasswordInput
            label={t("auth.password")}
            autoComplete="current-password"
            data-autofocus
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": t("auth.showPassword") }}
            data-testid="password-again"
          />
          {error && (
            <Alert color="red" role="alert">
              {error}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => onClose(false)}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("auth.confirm")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
