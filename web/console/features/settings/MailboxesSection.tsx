/** Mailboxes: the addresses under which the shop gets and answers mail. */

import { Alert, Anchor, Button, Group, Stack } from "@mantine/core";
import type { Mailbox } from "@sonnim/protocol";
import { IconMail, IconMailExclamation, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Confirm } from "../../ui/Confirm";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { attempt, toastDone } from "../../ui/toast";
import { MailboxCard, type Deed } from "./mailboxes/MailboxCard";
import { MailboxDialog, type Tab } from "./mailboxes/MailboxDialog";
import { SetUpDialog } from "./mailboxes/SetUpDialog";
import { useMailboxes } from "./mailboxes/useMailboxes";
import { useResource } from "./resource";

export default function MailboxesSection() {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const { list, failed, retry } = useMailboxes();
  const held = useResource<{ quarantined: number }>("/inbound/count");
  const [adding, setAdding] = useState(false);
  const [opened, setOpened] = useState<{ mailbox: Pick<Mailbox, "id" | "address">; tab: Tab } | null>(null);
  const [removing, setRemoving] = useState<Mailbox | null>(null);
  const act = (mailbox: Mailbox, deed: Deed) => {
    const change = (body: object) => void attempt(words, () => api.patch(`${base}/mailboxes/${mailbox.id}`, body));
    if (deed === "edit") setOpened({ mailbox, tab: "general" });
    else if (deed === "remove") setRemoving(mailbox);
    else change(deed === "default" ? { is_default: true } : { active: !mailbox.active });
  };
  if (failed) return <Failed onRetry={retry} />;
  if (!list) return <RowSkeletons count={3} />;
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)} data-testid="new-mailbox">
      {t("mailboxes.new")}
    </Button>
  );
  const count = held.data?.quarantined ?? 0;
  return (
    <Stack gap="sm">
      {list.length > 0 && <Group>{add}</Group>}
      {count > 0 && (
        <Alert color="gray" icon={<IconMailExclamation size={18} />} data-testid="mailboxes-held">
          {t("mailboxes.held", { count })}{" "}
          <Anchor component={Link} to="/settings/quarantine" fz="sm" c="inherit">
            {t("mailboxes.lookAtHeld")}
          </Anchor>
        </Alert>
      )}
      {!list.length && (
        <Empty icon={<IconMail size={26} stroke={1.6} />} title={t("mailboxes.none")} action={add}>
          {t("mailboxes.noneHint")}
        </Empty>
      )}
      {list.map((mailbox) => (
        <MailboxCard key={mailbox.id} mailbox={mailbox} onDo={(deed) => act(mailbox, deed)} />
      ))}
      {adding && (
        <SetUpDialog
          onClose={() => setAdding(false)}
          onDone={(made) => {
            setAdding(false);
            toastDone(t("mailboxes.done", { address: made.address }));
            setOpened({ mailbox: made, tab: made.way_in === "imap" ? "domain" : "connection" });
          }}
        />
      )}
      {opened && <MailboxDialog mailbox={opened.mailbox} tab={opened.tab} onClose={() => setOpened(null)} />}
      {removing && (
        <Confirm
          title={t("mailboxes.removeName", { address: removing.address })}
          text={t("mailboxes.removeText")}
          action={t("mailboxes.remove")}
          onConfirm={() => attempt(words, () => api.delete(`${base}/mailboxes/${removing.id}`))}
          onClose={() => setRemoving(null)}
        />
      )}
    </Stack>
  );
}
