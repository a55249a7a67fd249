/** What a mail service wants to know of us, under the names that it has there. */

import { PasswordInput, TextInput, type PasswordInputProps, type TextInputProps } from "@mantine/core";
import { useT } from "../../../app/i18n";
import type { Form, PROVIDERS, Secret } from "./form";

interface Props {
  form: Form;
  field: (name: Secret) => Pick<TextInputProps, "label" | "placeholder" | "error" | "value" | "onChange" | "autoComplete">;
  hide: Pick<PasswordInputProps, "visibilityToggleButtonProps">;
}

/** Which of them sign what they bring by a key that one has to tell us. */
const SIGNED = ["mailgun", "sendgrid"] as const;
const PLACED = ["mailgun", "amazon_ses"] as const;

const among = <T extends string>(names: readonly T[], name: string): T | undefined => names.find((each) => each === name);

export function ProviderSecrets({ form, field, hide }: Props) {
  const t = useT();
  if (!form.provider) return null;
  const provider = form.provider as keyof typeof PROVIDERS;
  const signed = form.way_in === "provider" ? among(SIGNED, provider) : undefined;
  const placed = form.way_out === "provider" ? among(PLACED, provider) : undefined;
  return (
    <>
      {form.way_out === "provider" && (
        <PasswordInput {...field("provider_key")} {...hide} label={t(`mailboxes.key.${provider}`)} description={t(`mailboxes.keyHint.${provider}`)} />
      )}
      {signed && (
        <PasswordInput {...field("provider_secret")} {...hide} label={t(`mailboxes.signing.${signed}`)} description={t(`mailboxes.signingHint.${signed}`)} />
      )}
      {placed && <TextInput {...field("provider_region")} description={t(`mailboxes.regionHint.${placed}`)} />}
    </>
  );
}
