/** Invites somebody; the link is shown to copy, for a shop may have no mail server. */

import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import type { Locale, Role } from "@sonnim/protocol";
import { useState, type FormEvent } from "react";
import { api } from "../../app/api";
import { useAgent, useDesk, useDeskState } from "../../app/desk/context";
import { LANGUAGE_NAMES, LOCALES, useWords } from "../../app/i18n";
import type { Invitation } from "../../app/types";
import { Copyable } from "../../ui/Copyable";
import { errorText } from "../../ui/toast";
import { rolesBelow } from "./roles";

export function InviteDialog({ onClose, onInvited }: { onClose: () => void; onInvited: () => void }) {
  const words = useWords();
  const { t, locale: mine } = words;
  const { base } = useDesk();
  const me = useAgent(useDeskState((state) => state.agentId));
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const [locale, setLocale] = useState<Locale>(mine);
  const [made, setMade] = useState<Invitation | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError("");
    try {
      setMade(await api.post<Invitation>(`${base}/invitations`, { email: email.trim(), role, locale }));
      onInvited();
    } catch (failure) {
      setError(errorText(words, failure));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal opened onClose={onClose} title={t("agents.invite")} closeButtonProps={{ "aria-label": t("common.close") }}>
      {made ? (
        <Stack>
          <Text fz="sm">{t("agents.invitedText", { email: made.email })}</Text>
          <Copyable value={made.link ?? ""} testid="invitation-link" />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t("common.done")}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            <TextInput
              label={t("auth.email")}
              type="email"
              required
              withAsterisk={false}
              data-autofocus
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              data-testid="invite-email"
            />
            <Group grow align="flex-start">
              <Select
                label={t("agents.role")}
                data={rolesBelow(me?.role ?? "agent").map((value) => ({ value, label: t(`role.${value}`) }))}
                value={role}
                allowDeselect={false}
                onChange={(value) => value && setRole(value as Role)}
              />
              <Select
                label={t("account.language")}
                data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
                value={locale}
                allowDeselect={false}
                onChange={(value) => value && setLocale(value as Locale)}
              />
            </Group>
            <Text fz="xs" c="dimmed">
              {t(`roleHint.${role}`)}
            </Text>
            {error && (
              <Alert color="red" role="alert">
                {error}
              </Alert>
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t("common.cancel")}
              </Button>
              <Button type="submit" loading={busy} data-testid="invite-send">
                {t("agents.makeLink")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
