/** Passkeys: sign-in with a finger, a face or a key. */

import { ActionIcon, Box, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconFingerprint, IconTrash } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useNow } from "../../app/clock";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { auth, type Authenticator } from "../../app/session";
import { makePasskey, passkeysWork } from "../../app/webauthn";
import { Confirm } from "../../ui/Confirm";
import { toastDone } from "../../ui/toast";
import { Card } from "./AccountPage";
import type { Authenticators } from "./authenticators";
import { useGuarded } from "./PasswordAgain";

export function PasskeySection({ authenticators }: { authenticators: Authenticators }) {
  const { t } = useWords();
  const guarded = useGuarded();
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState<Authenticator | null>(null);
  const { list, reload } = authenticators;
  const passkeys = (list ?? []).filter((each) => each.type === "webauthn");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const done = await guarded(async () => {
      const { creation_options } = await auth.newPasskeyOptions();
      await auth.addPasskey(name.trim(), await makePasskey(creation_options));
    });
    setBusy(false);
    if (!done) return;
    setName("");
    toastDone(t("passkey.done"));
    reload();
  };
  return (
    <Card title={t("passkey.title")} hint={t("passkey.hint")}>
      {passkeys.length > 0 && (
        <Stack gap={4}>
          {passkeys.map((each) => (
            <PasskeyRow key={each.id} passkey={each} onRemove={() => setRemoving(each)} />
          ))}
        </Stack>
      )}
      {passkeysWork() ? (
        <form onSubmit={(event) => void submit(event)}>
          <Group align="flex-end">
            <TextInput
              label={t("passkey.name")}
              placeholder={t("passkey.namePlaceholder")}
              required
              withAsterisk={false}
              maxLength={80}
              maw={320}
              flex={1}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              data-testid="passkey-name"
            />
            <Button type="submit" variant="light" loading={busy} leftSection={<IconFingerprint size={17} />} data-testid="passkey-add">
              {t("passkey.add")}
            </Button>
          </Group>
        </form>
      ) : (
        <Text fz="sm" c="dimmed">
          {t("passkey.unsupported")}
        </Text>
      )}
      {removing && (
        <Confirm
          title={t("passkey.remove", { name: removing.name ?? "" })}
          text={t("passkey.removeText")}
          action={t("common.remove")}
          onConfirm={async () => {
            const { id } = removing;
            if (id !== undefined && (await guarded(() => auth.removePasskey(id)))) reload();
          }}
          onClose={() => setRemoving(null)}
        />
      )}
    </Card>
  );
}

function PasskeyRow({ passkey, onRemove }: { passkey: Authenticator; onRemove: () => void }) {
  const { t } = useWords();
  const format = useFormat();
  const now = useNow(60);
  const used = passkey.last_used_at;
  return (
    <Group gap="sm" wrap="nowrap" data-testid="passkey">
      <IconFingerprint size={20} stroke={1.6} aria-hidden="true" />
      <Box flex={1} miw={0}>
        <Text fz="sm" fw={550} truncate>
          {passkey.name}
        </Text>
        <Text fz="xs" c="dimmed">
          {used ? t("tokens.used", { time: format.relative(new Date(used * 1000).toISOString(), now) }) : t("tokens.unused")}
        </Text>
      </Box>
      <ActionIcon aria-label={t("passkey.remove", { name: passkey.name ?? "" })} onClick={onRemove}>
        <IconTrash size={17} />
      </ActionIcon>
    </Group>
  );
}
