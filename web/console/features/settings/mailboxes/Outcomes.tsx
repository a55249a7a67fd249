/** What both servers said when they were tried, and what to do about it. */

import { Alert, Anchor, Code, Group, Stack, Text, ThemeIcon } from "@mantine/core";
import type { MailOutcome, MailTrial } from "@sonnim/protocol";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useT, useWords } from "../../../app/i18n";

export const went = (trial: MailTrial) => [trial.imap, trial.smtp].every((each) => !each || each.ok);

export function Outcomes({ trial, helpUrl = "" }: { trial: MailTrial; helpUrl?: string }) {
  const t = useT();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => void place.current?.scrollIntoView({ block: "nearest" }), [trial]);
  return (
    <Stack gap="sm" ref={place} role="status" data-testid="mailbox-trial">
      {trial.imap && <Outcome name={t("mailboxes.server.imap")} outcome={trial.imap} helpUrl={helpUrl} way="imap" />}
      {trial.smtp && <Outcome name={t("mailboxes.server.smtp")} outcome={trial.smtp} helpUrl={helpUrl} way="smtp" />}
    </Stack>
  );
}

interface Props {
  name: string;
  outcome: MailOutcome;
  helpUrl: string;
  way: string;
}

function Outcome({ name, outcome, helpUrl, way }: Props) {
  const { t, lookup } = useWords();
  const { ok, said, hint } = outcome;
  if (ok) {
    return (
      <Group gap={8} data-testid={`trial-${way}`} data-ok="true">
        <ThemeIcon size={22} radius="xl" variant="light">
          <IconCheck size={14} />
        </ThemeIcon>
        <Text fz="sm">{t("mailboxes.works", { name })}</Text>
      </Group>
    );
  }
  return (
    <Alert color="red" variant="light" icon={<IconX size={18} />} title={t("mailboxes.worksNot", { name })} data-testid={`trial-${way}`} data-ok="false">
      <Text fz="sm">{lookup(`mailboxes.hint.${hint}`, "mailboxes.hint.no_answer")}</Text>
      {helpUrl && ["app_password", "authorization_code", "switch_on", "needs_oauth", "wrong_password"].includes(hint) && (
        <Anchor href={helpUrl} target="_blank" rel="noreferrer" fz="sm" c="inherit">
          {t("mailboxes.providerHelp")}
        </Anchor>
      )}
      {said && (
        <Text fz="xs" mt={6} component="div">
          {t("mailboxes.serverSays")} <Code style={{ whiteSpace: "pre-wrap", wordBreak: "break-word" }}>{said}</Code>
        </Text>
      )}
    </Alert>
  );
}
