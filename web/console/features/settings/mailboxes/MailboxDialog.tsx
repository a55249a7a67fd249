/** One mailbox: who it speaks for, how it is connected, whether its mail is believed. */

import { Alert, Button, Group, Modal, Select, Stack, Tabs, Textarea, TextInput } from "@mantine/core";
import type { Mailbox, MailboxSettings } from "@sonnim/protocol";
import { IconInfoCircle } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { api } from "../../../app/api";
import { useDesk, useDeskState } from "../../../app/desk/context";
import { LANGUAGE_NAMES, LOCALES, useT } from "../../../app/i18n";
import { useIsPhone } from "../../../app/viewport";
import { Failed, RowSkeletons } from "../../../ui/States";
import { useResource } from "../resource";
import { BroughtMail } from "./BroughtMail";
import { DomainChecks } from "./DomainChecks";
import { connectionOf, formOf, type Form } from "./form";
import { Outcomes } from "./Outcomes";
import { Secrets } from "./Secrets";
import { Servers } from "./Servers";
import { useTrial } from "./useTrial";

export type Tab = "general" | "connection" | "domain";

interface Props {
  mailbox: Pick<Mailbox, "id" | "address">;
  /** Which tab is open at first. */
  tab?: Tab;
  onClose: () => void;
}

export function MailboxDialog({ mailbox, tab = "general", onClose }: Props) {
  const t = useT();
  const phone = useIsPhone();
  const settings = useResource<MailboxSettings>(`/mailboxes/${mailbox.id}`);
  const { data } = settings;
  return (
    <Modal opened size="lg" fullScreen={phone} onClose={onClose} title={mailbox.address} closeButtonProps={{ "aria-label": t("common.close") }}>
      {settings.failed && <Failed onRetry={settings.reload} />}
      {!settings.failed && !data && <RowSkeletons count={3} />}
      {data?.state === "sample" && (
        <Alert color="gray" icon={<IconInfoCircle size={18} />} mb="md" data-testid="mailbox-sample">
          {t("mailboxes.sample")}
        </Alert>
      )}
      {data?.state === "sample" && <General mailbox={data} onClose={onClose} />}
      {data && data.state !== "sample" && (
        <Tabs defaultValue={tab} keepMounted={false}>
          <Tabs.List mb="md" grow>
            <Tabs.Tab value="general">{t("mailboxes.tab.general")}</Tabs.Tab>
            <Tabs.Tab value="connection" data-testid="mailbox-tab-connection">
              {t("mailboxes.tab.connection")}
            </Tabs.Tab>
            <Tabs.Tab value="domain" data-testid="mailbox-tab-domain">
              {t("mailboxes.tab.domain")}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="general">
            <General mailbox={data} onClose={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="connection">
            <Connection mailbox={data} onClose={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="domain">
            <DomainChecks mailboxId={data.id} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Modal>
  );
}

interface PanelProps {
  mailbox: MailboxSettings;
  onClose: () => void;
}

function General({ mailbox, onClose }: PanelProps) {
  const t = useT();
  const { base } = useDesk();
  const teams = useDeskState((state) => state.tables.teams);
  const [form, setForm] = useState(() => formOf(mailbox));
  const trial = useTrial(mailbox.id);
  const change = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { name, team_id, signatures } = form;
    const said = Object.fromEntries(Object.entries(signatures).filter(([, text]) => text.trim()));
    if (await trial.saving(() => api.patch(`${base}/mailboxes/${mailbox.id}`, { name, team_id, signatures: said }))) onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <TextInput
          label={t("mailboxes.name")}
          description={t("mailboxes.nameHint")}
          maxLength={120}
          value={form.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          data-testid="mailbox-name"
        />
        <Select
          label={t("mailboxes.team")}
          description={t("mailboxes.teamHint")}
          placeholder={t("mailboxes.noTeam")}
          clearable
          data={Object.values(teams).map((team) => ({ value: String(team.id), label: team.name }))}
          value={form.team_id === null ? null : String(form.team_id)}
          onChange={(team) => change({ team_id: team ? Number(team) : null })}
        />
        {LOCALES.map((locale) => (
          <Textarea
            key={locale}
            label={t("mailboxes.signature", { language: LANGUAGE_NAMES[locale] })}
            description={locale === LOCALES[0] ? t("mailboxes.signatureHint") : undefined}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={2_000}
            lang={locale}
            value={form.signatures[locale] ?? ""}
            onChange={(event) => change({ signatures: { ...form.signatures, [locale]: event.currentTarget.value } })}
            data-testid={`mailbox-signature-${locale}`}
          />
        ))}
        {trial.wrong && <Alert color="red">{trial.wrong}</Alert>}
        <Buttons busy={trial.busy} onClose={onClose} label={t("common.save")} testid="mailbox-general-save" />
      </Stack>
    </form>
  );
}

function Connection({ mailbox, onClose }: PanelProps) {
  const t = useT();
  const { base } = useDesk();
  const [form, setForm] = useState(() => formOf(mailbox));
  const trial = useTrial(mailbox.id);
  const change = (part: Partial<Form>) => {
    setForm((now) => ({ ...now, ...part }));
    trial.forget();
  };
  const save = async () => {
    if (await trial.saving(() => api.patch(`${base}/mailboxes/${mailbox.id}`, connectionOf(form)))) onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await trial.run(form)) await save();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Servers form={form} missing={trial.missing} onChange={change} />
        <Secrets form={form} known={mailbox.secrets} missing={trial.missing} onChange={(secrets) => change({ secrets })} />
        {mailbox.way_in !== "imap" && mailbox.way_in === form.way_in && <BroughtMail mailbox={mailbox} />}
        {trial.outcome && <Outcomes trial={trial.outcome} />}
        {trial.wrong && <Alert color="red">{trial.wrong}</Alert>}
        <Buttons
          busy={trial.busy}
          onClose={onClose}
          label={t("mailboxes.testAndSave")}
          testid="mailbox-connection-save"
          anyway={trial.outcome && !trial.busy ? () => void save() : undefined}
        />
      </Stack>
    </form>
  );
}

interface ButtonsProps {
  busy: boolean;
  label: string;
  testid: string;
  onClose: () => void;
  anyway?: (() => void) | undefined;
}

function Buttons({ busy, label, testid, onClose, anyway }: ButtonsProps) {
  const t = useT();
  return (
    <Group justify="flex-end">
      {anyway ? (
        <Button variant="subtle" color="gray" onClick={anyway}>
          {t("mailboxes.saveAnyway")}
        </Button>
      ) : (
        <Button variant="default" onClick={onClose}>
          {t("common.cancel")}
        </Button>
      )}
      <Button type="submit" loading={busy} data-testid={testid}>
        {label}
      </Button>
    </Group>
  );
}
