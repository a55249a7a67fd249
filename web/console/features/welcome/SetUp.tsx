/** The first owner of an installation, by the link that the terminal shows. */

import { Anchor, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { Link, useLocation } from "wouter";
import { api, ApiError, csrfToken, request } from "../../app/api";
import { useWords, type Words } from "../../app/i18n";
import { Busy } from "../../app/Screens";
import { chooseShop, session } from "../../app/session";
import type { Me } from "../../app/types";
import { Failed } from "../../ui/States";
import { errorText } from "../../ui/toast";
import { AccountForm, NewPassword } from "../auth/AccountForm";
import { Frame } from "../auth/Frame";

export default function SetUp({ token }: { token: string }) {
  const { t } = useWords();
  const [state, setState] = useState<"asking" | "open" | "over" | "failed">("asking");
  const [round, setRound] = useState(0);
  const path = `/setup/${encodeURIComponent(token)}`;
  useEffect(() => {
    api.get(path).then(
      () => setState("open"),
      (error: unknown) => setState(error instanceof ApiError && error.status === 404 ? "over" : "failed"),
    );
  }, [path, round]);
  if (state === "asking") return <Busy />;
  if (state === "failed") return <Failed onRetry={() => setRound(round + 1)} />;
  if (state === "over") {
    return (
      <Frame title={t("setup.overTitle")} lead={t("setup.overLead")}>
        <Anchor component={Link} to="/" fz="sm">
          {t("reset.back")}
        </Anchor>
      </Frame>
    );
  }
  return <Owner path={path} />;
}

function Owner({ path }: { path: string }) {
  const { t, locale } = useWords();
  const [, go] = useLocation();
  const [form, setForm] = useState({ name: "", email: "", password: "" });
  const [fields, setFields] = useState<Record<string, unknown>>({});
  const change = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }));
  const found = async () => {
    setFields({});
    if (!csrfToken()) await request("/console/");
    const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    // The shop's own name is asked for next, and may be left for later.
    const me = await api.post<Me>(path, { ...form, shop_name: t("setup.shopOf", { name: form.name.trim() }).slice(0, 120), locale, timezone });
    if (me.shops[0]) chooseShop(me.shops[0].id);
    session.set(() => ({ status: "in", me }));
    go("/welcome");
  };
  const explain = (words: Words, error: unknown) => {
    if (error instanceof ApiError) setFields(error.fields);
    return error instanceof ApiError && error.status === 409 ? t("setup.addressTaken") : errorText(words, error);
  };
  return (
    <Frame title={t("setup.title")} lead={t("setup.lead")}>
      <AccountForm action={t("setup.go")} testid="setup-go" onSubmit={found} explain={explain}>
        <TextInput
          label={t("invite.name")}
          description={t("invite.nameHint")}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={100}
          value={form.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          data-testid="setup-name"
        />
        <TextInput
          label={t("auth.email")}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={form.email}
          error={fields["email"] ? t("error.field") : undefined}
          onChange={(event) => change({ email: event.currentTarget.value })}
          data-testid="setup-email"
        />
        <NewPassword
          value={form.password}
          error={fields["password"] ? t("setup.passwordWeak") : undefined}
          onChange={(password) => change({ password })}
          testid="setup-password"
        />
      </AccountForm>
    </Frame>
  );
}
