/** The form of whoever has no session yet: its fields, what went wrong, one button. */

import { Alert, Button, PasswordInput, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useT, type Words } from "../../app/i18n";
import { useSubmit } from "../../ui/useSubmit";

interface FormProps {
  action: string;
  testid?: string;
  /** Does it and goes on, or throws. */
  onSubmit: () => Promise<unknown>;
  /** What is wrong, where more can be said than the error's own text. */
  explain?: (words: Words, error: unknown) => string;
  children: ReactNode;
}

export function AccountForm({ action, testid, onSubmit, explain, children }: FormProps) {
  const form = useSubmit(onSubmit, explain);
  return (
    <form onSubmit={form.onSubmit}>
      <Stack gap="sm">
        {children}
        {form.wrong && (
          <Alert color="red" role="alert">
            {form.wrong}
          </Alert>
        )}
        <Button type="submit" loading={form.busy} data-testid={testid}>
          {action}
        </Button>
      </Stack>
    </form>
  );
}

interface PasswordProps {
  label?: string;
  value: string;
  error?: string | undefined;
  testid?: string;
  onChange: (value: string) => void;
}

/** A password that is chosen here, with the rule for it. */
export function NewPassword({ label, value, error, testid, onChange }: PasswordProps) {
  const t = useT();
  return (
    <PasswordInput
      label={label ?? t("auth.password")}
      description={t("auth.passwordRule")}
      autoComplete="new-password"
      minLength={10}
      required
      withAsterisk={false}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
      visibilityToggleButtonProps={{ "aria-label": t("auth.showPassword") }}
      data-testid={testid}
    />
  );
}
