/** How mail is brought to a mailbox that nobody reads over IMAP: an address for the provider, or a command. */

import { Alert, Button, Stack, Text } from "@mantine/core";
import type { MailboxSettings } from "@sonnim/protocol";
import { useState } from "react";
import { api } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import { Confirm } from "../../../ui/Confirm";
import { Copyable } from "../../../ui/Copyable";
import { attempt } from "../../../ui/toast";
import { PROVIDERS } from "./form";

export function BroughtMail({ mailbox }: { mailbox: MailboxSettings }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [url, setUrl] = useState("");
  const [asking, setAsking] = useState(false);
  if (mailbox.way_in === "pipe") {
    return (
      <Stack gap={6}>
        <Text fz="sm">{t("mailboxes.pipeHint")}</Text>
        <Copyable value={`sonnim mail receive --mailbox ${mailbox.address}`} testid="mailbox-pipe" />
      </Stack>
    );
  }
  const renew = () =>
    attempt(words, async () => {
      setUrl((await api.post<{ url: string }>(`${base}/mailboxes/${mailbox.id}/hook`)).url);
    });
  const name = PROVIDERS[mailbox.provider as keyof typeof PROVIDERS] ?? mailbox.provider;
  return (
    <Stack gap={8}>
      <Text fz="sm">{t("mailboxes.hookHint", { name })}</Text>
      {url ? (
        <>
          <Copyable value={url} testid="mailbox-hook" />
          <Alert color="gray">{t("common.shownOnce")}</Alert>
        </>
      ) : (
        <Button variant="light" onClick={() => (mailbox.hooked ? setAsking(true) : void renew())} data-testid="mailbox-hook-make">
          {t(mailbox.hooked ? "mailboxes.hookRenew" : "mailboxes.hookMake")}
        </Button>
      )}
      {asking && (
        <Confirm
          title={t("mailboxes.hookRenew")}
          text={t("mailboxes.hookRenewText")}
          action={t("mailboxes.hookRenew")}
          onConfirm={renew}
          onClose={() => setAsking(false)}
        />
      )}
    </Stack>
  );
}
