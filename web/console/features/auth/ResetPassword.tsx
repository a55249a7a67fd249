/** Asking for a new password, and choosing it with the link from the letter. */

import { Anchor, Button, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { Link, useLocation } from "wouter";
import { useWords } from "../../app/i18n";
import { auth, AuthError, readMe } from "../../app/session";
import { toastDone } from "../../ui/toast";
import { AccountForm, NewPassword } from "./AccountForm";
import { Frame } from "./Frame";

export default function ResetPassword({ resetKey }: { resetKey: string | undefined }) {
  return resetKey ? <Choose resetKey={resetKey} /> : <Ask />;
}

function Ask() {
  const { t } = useWords();
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  if (sent) {
    return (
      <Frame title={t("reset.sentTitle")} lead={t("reset.sentLead", { email })}>
        <BackToSignIn />
      </Frame>
    );
  }
  return (
    <Frame title={t("reset.askTitle")} lead={t("reset.askLead")}>
      <AccountForm action={t("reset.ask")} onSubmit={() => auth.requestReset(email.trim()).then(() => setSent(true))}>
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
      </AccountForm>
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
  const { t } = useWords();
  const [, go] = useLocation();
  const [password, setPassword] = useState("");
  const [stale, setStale] = useState(false);
  useEffect(() => {
    auth.checkReset(resetKey).catch(() => setStale(true));
  }, [resetKey]);
  const choose = async () => {
    await auth.reset(resetKey, password).catch((failure: unknown) => {
      // 401 means: changed, and now sign in with it.
      if (!(failure instanceof AuthError) || failure.status !== 401) throw failure;
    });
    toastDone(t("reset.done"));
    await readMe();
    go("/");
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
      <AccountForm action={t("reset.choose")} onSubmit={choose}>
        <NewPassword label={t("account.newPassword")} value={password} onChange={setPassword} />
      </AccountForm>
    </Frame>
  );
}
