/** Joining a shop with the link of an invitation. */

import { Anchor, Select, TextInput } from "@mantine/core";
import type { Locale, Role } from "@sonnim/protocol";
import { useEffect, useState } from "react";
import { Link, useLocation } from "wouter";
import { api, ApiError } from "../../app/api";
import { isLocale, LANGUAGE_NAMES, LOCALES, useWords } from "../../app/i18n";
import { setLocale } from "../../app/preferences";
import { readMe, session } from "../../app/session";
import { useStore } from "../../app/store";
import { Busy } from "../../app/Screens";
import { Failed } from "../../ui/States";
import { AccountForm, NewPassword } from "./AccountForm";
import { Frame } from "./Frame";

interface Offer {
  shop_name: string;
  email: string;
  role: Role;
  expires_at: string;
}

export default function AcceptInvitation({ token }: { token: string }) {
  const { t } = useWords();
  const [offer, setOffer] = useState<Offer | "gone" | "failed" | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    api.get<Offer>(`/invitations/${encodeURIComponent(token)}`).then(setOffer, (error: unknown) => {
      setOffer(error instanceof ApiError && error.status === 404 ? "gone" : "failed");
    });
  }, [token, round]);
  if (!offer) return <Busy />;
  if (offer === "failed") return <Failed onRetry={() => setRound(round + 1)} />;
  if (offer === "gone") {
    return (
      <Frame title={t("invite.goneTitle")} lead={t("invite.goneLead")}>
        <Anchor component={Link} to="/" fz="sm">
          {t("reset.back")}
        </Anchor>
      </Frame>
    );
  }
  return <Join token={token} offer={offer} />;
}

function Join({ token, offer }: { token: string; offer: Offer }) {
  const { t, locale } = useWords();
  const [, go] = useLocation();
  const me = useStore(session, (state) => (state.status === "in" ? state.me.user : null));
  const known = me?.email.toLowerCase() === offer.email.toLowerCase();
  const [name, setName] = useState(known ? me?.name ?? "" : "");
  const [password, setPassword] = useState("");
  const join = async () => {
    await api.post(`/invitations/${encodeURIComponent(token)}`, { name, locale, ...(known ? {} : { password }) });
    await readMe();
    go("/");
  };
  return (
    <Frame
      title={t("invite.title", { shop: offer.shop_name })}
      lead={t("invite.lead", { email: offer.email, role: t(`role.${offer.role}`) })}
    >
      <AccountForm action={t("invite.join")} testid="invite-join" onSubmit={join}>
        <TextInput
          label={t("invite.name")}
          description={t("invite.nameHint")}
          autoComplete="name"
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-testid="invite-name"
        />
        {!known && <NewPassword value={password} onChange={setPassword} testid="invite-password" />}
        <Select
          label={t("account.language")}
          data={LOCALES.map((value: Locale) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={locale}
          onChange={(value) => isLocale(value) && setLocale(value)}
          allowDeselect={false}
        />
      </AccountForm>
    </Frame>
  );
}
