/** A new mailbox: its address, then what signs us in, then both servers are tried and it is saved. */

import { Alert, Anchor, Button, Collapse, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import type { MailServers, MailboxSettings } from "@sonnim/protocol";
import { IconInfoCircle } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { api } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import { useIsPhone } from "../../../app/viewport";
import { errorText } from "../../../ui/toast";
import { connectionOf, EMPTY, withServers, type Form } from "./form";
import { Outcomes } from "./Outcomes";
import { Secrets } from "./Secrets";
import { Servers } from "./Servers";
import { useTrial } from "./useTrial";

export function SetUpDialog({ onDone, onClose }: { onDone: (made: MailboxSettings) => void; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const phone = useIsPhone();
  const [form, setForm] = useState<Form>(EMPTY);
  const [found, setFound] = useState<MailServers | "by-hand" | null>(null);
  const [byHand, setByHand] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const trial = useTrial(null);
  const change = (part: Partial<Form>) => {
    setForm((now) => ({ ...now, ...part }));
    trial.forget();
  };
  const find = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setWrong("");
    try {
      const servers = await api.post<MailServers>(`${base}/mailboxes/discover`, { address: form.address });
      const unreadable = servers.notes.includes("no_imap");
      setForm((now) => ({ ...withServers(now, servers), ...(unreadable && { way_in: "pipe", way_out: "house" }) }));
      setByHand(!servers.imap || !servers.smtp);
      setFound(servers);
    } catch (error) {
      setWrong(errorText(words, error));
    }
    setBusy(false);
  };
  const save = async () => {
    const made = await trial.saving(() =>
      api.post<MailboxSettings>(`${base}/mailboxes`, { address: form.address, name: form.name, ...connectionOf(form) }),
    );
    if (made) onDone(made);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await trial.run(form)) await save();
  };
  const servers = found === "by-hand" ? null : found;
  return (
    <Modal opened size="lg" fullScreen={phone} onClose={onClose} title={t("mailboxes.new")} closeButtonProps={{ "aria-label": t("common.close") }}>
      {found === null ? (
        <form onSubmit={(event) => void find(event)}>
          <Stack>
            <TextInput
              type="email"
              label={t("mailboxes.address")}
              description={t("mailboxes.addressHint")}
              placeholder="help@example.com"
              required
              withAsterisk={false}
              maxLength={254}
              data-autofocus
              value={form.address}
              error={wrong}
              onChange={(event) => change({ address: event.currentTarget.value })}
              data-testid="mailbox-address"
            />
            <Group justify="flex-end">
              <Button type="submit" loading={busy} data-testid="mailbox-find">
                {t("mailboxes.find")}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            <Found address={form.address} servers={servers} onBack={() => setFound(null)} />
            <Anchor component="button" type="button" fz="sm" ta="start" aria-expanded={byHand} onClick={() => setByHand(!byHand)} data-testid="mailbox-by-hand">
              {t(byHand ? "mailboxes.lessServers" : "mailboxes.moreServers")}
            </Anchor>
            <Collapse expanded={byHand}>
              <Servers form={form} missing={trial.missing} onChange={change} />
            </Collapse>
            <Secrets form={form} known={[]} missing={trial.missing} onChange={(secrets) => change({ secrets })} />
            {trial.outcome && <Outcomes trial={trial.outcome} helpUrl={servers?.help_url} />}
            {trial.wrong && <Alert color="red">{trial.wrong}</Alert>}
            <Group justify="flex-end">
              {trial.outcome && !trial.busy && (
                <Button variant="subtle" color="gray" onClick={() => void save()} data-testid="mailbox-save-anyway">
                  {t("mailboxes.saveAnyway")}
                </Button>
              )}
              <Button type="submit" loading={trial.busy} data-testid="mailbox-save">
                {t("mailboxes.testAndSave")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function Found({ address, servers, onBack }: { address: string; servers: MailServers | null; onBack: () => void }) {
  const { t, lookup } = useWords();
  const known = servers?.imap && servers.smtp;
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} style={{ wordBreak: "break-all" }} data-testid="mailbox-found">
          {address}
        </Text>
        <Anchor component="button" type="button" fz="sm" onClick={onBack} style={{ flexShrink: 0 }}>
          {t("mailboxes.otherAddress")}
        </Anchor>
      </Group>
      {known ? (
        <Text fz="sm" c="dimmed" style={{ wordBreak: "break-word" }}>
          {t("mailboxes.found", { name: servers.name, imap: servers.imap?.host ?? "", smtp: servers.smtp?.host ?? "" })}
        </Text>
      ) : (
        !servers?.notes.includes("no_imap") && <Alert icon={<IconInfoCircle size={18} />}>{t("mailboxes.notFound")}</Alert>
      )}
      {servers && servers.notes.length > 0 && (
        <Alert icon={<IconInfoCircle size={18} />} data-testid="mailbox-notes">
          {servers.notes.map((note) => (
            <Text key={note} fz="sm">
              {lookup(`mailboxes.note.${note}`, "mailboxes.note.app_password", { name: servers.name })}
            </Text>
          ))}
          {servers.help_url && (
            <Anchor href={servers.help_url} target="_blank" rel="noreferrer" fz="sm" c="inherit">
              {t("mailboxes.providerHelp")}
            </Anchor>
          )}
        </Alert>
      )}
    </Stack>
  );
}
