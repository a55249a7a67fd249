/** Codes from an authenticator app: set up with a picture to scan, recovery codes, switched off. */

import { Alert, Badge, Box, Button, Group, SimpleGrid, Skeleton, Stack, Text, TextInput, Code } from "@mantine/core";
import { IconLifebuoy } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useWords } from "../../app/i18n";
import { auth, AuthError } from "../../app/session";
import { Confirm } from "../../ui/Confirm";
import { toastDone } from "../../ui/toast";
import { Card } from "./AccountPage";
import type { Authenticators } from "./authenticators";
import { useGuarded } from "./PasswordAgain";
import { QrCode } from "./QrCode";

interface Offer {
  secret: string;
  url: string;
}

/** allauth answers 404 with the secret when there is no authenticator yet. */
async function newSecret(): Promise<Offer> {
  try {
    await auth.totpSecret();
  } catch (error) {
    if (!(error instanceof AuthError) || error.status !== 404) throw error;
    return { secret: String(error.meta["secret"]), url: String(error.meta["totp_url"]) };
  }
  throw new Error("there is an authenticator already");
}

export function TotpSection({ authenticators }: { authenticators: Authenticators }) {
  const { t } = useWords();
  const guarded = useGuarded();
  const [offer, setOffer] = useState<Offer | null>(null);
  const [codes, setCodes] = useState<string[]>([]);
  const [asking, setAsking] = useState(false);
  const { list, reload } = authenticators;
  const on = list?.some((each) => each.type === "totp") ?? false;
  const recovery = list?.find((each) => each.type === "recovery_codes");

  const confirmed = async () => {
    setOffer(null);
    toastDone(t("totp.done"));
    reload();
    await guarded(async () => setCodes((await auth.recoveryCodes()).unused_codes));
  };
  return (
    <Card title={t("totp.title")} hint={t("totp.hint")}>
      {!list ? (
        <Skeleton h={36} />
      ) : on ? (
        <Group>
          <Badge>{t("totp.on")}</Badge>
          {recovery && (
            <Button
              variant="light"
              size="sm"
              leftSection={<IconLifebuoy size={16} />}
              onClick={() => void guarded(async () => setCodes((await auth.newRecoveryCodes()).unused_codes))}
            >
              {t("totp.newCodes", { count: recovery.unused_code_count ?? 0 })}
            </Button>
          )}
          <Button variant="subtle" color="red" size="sm" onClick={() => setAsking(true)} data-testid="totp-off">
            {t("totp.off")}
          </Button>
        </Group>
      ) : offer ? (
        <SetUp offer={offer} onDone={() => void confirmed()} onCancel={() => setOffer(null)} />
      ) : (
        <Group>
          <Button variant="light" onClick={() => void guarded(async () => setOffer(await newSecret()))} data-testid="totp-on">
            {t("totp.start")}
          </Button>
        </Group>
      )}
      {codes.length > 0 && (
        <Alert icon={<IconLifebuoy size={18} />} title={t("totp.codesTitle")}>
          <Text fz="sm" mb="xs">
            {t("totp.codesText")}
          </Text>
          <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="xs" data-testid="recovery-codes">
            {codes.map((code) => (
              <Code key={code} fz="sm" ta="center">
                {code}
              </Code>
            ))}
          </SimpleGrid>
        </Alert>
      )}
      {asking && (
        <Confirm
          title={t("totp.off")}
          text={t("totp.offText")}
          action={t("totp.off")}
          onConfirm={async () => {
            if (!(await guarded(auth.removeTotp))) return;
            setCodes([]);
            reload();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Card>
  );
}

function SetUp({ offer, onDone, onCancel }: { offer: Offer; onDone: () => void; onCancel: () => void }) {
  const { t } = useWords();
  const guarded = useGuarded();
  const [code, setCode] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await guarded(() => auth.addTotp(code.replaceAll(" ", "")))) onDone();
  };
  return (
    <Group align="flex-start" gap="xl">
      <Box bg="white" p={10} bdrs="md" bd="1px solid var(--sonnim-line)">
        <QrCode text={offer.url} label={t("totp.qr")} />
      </Box>
      <Stack flex={1} miw={220} gap="sm">
        <Text fz="sm">{t("totp.scan")}</Text>
        <Text fz="sm" c="dimmed">
          {t("totp.byHand")}
        </Text>
        <Code data-testid="totp-secret">{offer.secret.replace(/(.{4})/g, "$1 ").trim()}</Code>
        <form onSubmit={(event) => void submit(event)}>
          <Stack gap="sm">
            <TextInput
              label={t("totp.code")}
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              withAsterisk={false}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              data-testid="totp-code"
            />
            <Group>
              <Button type="submit">{t("auth.confirm")}</Button>
              <Button variant="default" onClick={onCancel}>
                {t("common.cancel")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Stack>
    </Group>
  );
}
