/** What signs us in: a password for both servers, tokens, or a provider's key. Shown to nobody once it is saved. */

import { Anchor, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../../app/i18n";
import { OAUTH, usesPassword, usesProvider, usesTokens, type Form, type Secret } from "./form";
import { ProviderSecrets } from "./ProviderSecrets";

interface Props {
  form: Form;
  /** Which are on the server already. */
  known: readonly string[];
  missing: readonly string[];
  onChange: (secrets: Form["secrets"]) => void;
}

export function Secrets({ form, known, missing, onChange }: Props) {
  const t = useT();
  const [apart, setApart] = useState(false);
  const field = (name: Secret, testid = name as string) => ({
    label: t(`mailboxes.secret.${name}`),
    placeholder: known.includes(name) ? t("mailboxes.kept") : undefined,
    error: missing.includes(name) && t("mailboxes.missing"),
    value: form.secrets[name] ?? "",
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onChange({ ...form.secrets, [name]: event.currentTarget.value }),
    autoComplete: "off",
    "data-testid": testid,
  });
  const hide = { visibilityToggleButtonProps: { "aria-label": t("mailboxes.showSecret") } };
  const both = form.way_in === "imap" && form.way_out === "smtp" && form.imap.auth === form.smtp.auth;
  const only = form.way_in === "imap" && form.imap.auth === "password" ? "imap_password" : "smtp_password";
  return (
    <Stack gap="sm">
      {usesPassword(form) && (
        <>
          <PasswordInput {...field(only, "mailbox-password")} {...hide} label={t("mailboxes.password")} autoComplete="new-password" />
          {both && !apart && (
            <Anchor component="button" type="button" fz="sm" ta="start" onClick={() => setApart(true)}>
              {t("mailboxes.apart")}
            </Anchor>
          )}
          {both && apart && <PasswordInput {...field("smtp_password")} {...hide} autoComplete="new-password" />}
        </>
      )}
      {usesTokens(form) && (
        <>
          <Text fz="sm" c="dimmed">
            {t("mailboxes.tokensHint")}
          </Text>
          {OAUTH.map((name) =>
            name === "oauth_token_url" || name === "oauth_client_id" ? (
              <TextInput key={name} {...field(name)} />
            ) : (
              <PasswordInput key={name} {...field(name)} {...hide} />
            ),
          )}
        </>
      )}
      {usesProvider(form) && <ProviderSecrets form={form} field={field} hide={hide} />}
    </Stack>
  );
}
