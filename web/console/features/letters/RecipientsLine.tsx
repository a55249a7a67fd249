/** Above what is written: in one line to whom it goes; opened, the whole head of the letter. */

import { Box, Button, Group, Text, UnstyledButton } from "@mantine/core";
import type { Conversation, Recipients } from "@sonnim/protocol";
import { IconChevronDown, IconChevronRight, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { keyOf, useCommand } from "../../app/commands";
import { useContact } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { AddressFields } from "./AddressFields";
import { bareSubject, faultOf, hasOthers, NOBODY, replyAll, shownName, wantedAt } from "./addressing";
import { useSenders, usualOf } from "./senders";
import { useLastLetter } from "./useLastLetter";

interface Props {
  conversation: Conversation;
  chosen: Recipients | null;
  onChoose: (chosen: Recipients | null) => void;
}

export default function RecipientsLine({ conversation, chosen, onChoose }: Props) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const senders = useSenders() ?? [];
  const contact = useContact(conversation.contact_id);
  const last = useLastLetter(conversation.id);
  const many = last !== null && hasOthers(last, senders);
  const answerAll = () => last && onChoose(replyAll(last, senders));
  useCommand("replyAll", answerAll, many);
  const wanted = last ? wantedAt(last, senders) : [];
  const usual = last?.sender ?? (contact?.email ? { name: contact.name, address: contact.email } : undefined);
  const subject = bareSubject(last?.subject || conversation.subject);
  const answered = subject ? `Re: ${subject}` : "";
  const shown = chosen ?? NOBODY;
  const from = usualOf(senders, shown.source_id ?? last?.source_id);
  const to = shown.to.length ? shown.to.join(", ") : usual ? shownName(usual) : t("recipients.nobody");
  const copies = shown.cc.length + shown.bcc.length;
  const summary = [
    t("letter.to", { addresses: to }),
    copies ? t("letter.copies", { count: copies }) : "",
    shown.subject || answered,
    senders.length > 1 && from ? t("recipients.from", { address: from.address }) : "",
  ];
  // What was sent, or put back, has nothing chosen any more.
  const unfolded = open && chosen !== null;
  const Chevron = unfolded ? IconChevronDown : IconChevronRight;
  const fault = chosen ? faultOf(chosen) : "";
  const toggle = () => {
    if (!unfolded && !chosen) onChoose({ ...NOBODY, to: usual ? [usual.address.toLowerCase()] : [], source_id: from?.id ?? null });
    setOpen(!unfolded);
  };
  return (
    <Box px={6} pb={6} data-testid="recipients">
      <Group gap={8} wrap="nowrap" justify="space-between">
        <UnstyledButton onClick={toggle} aria-expanded={unfolded} c={fault ? "var(--mantine-color-error)" : "dimmed"} miw={0} data-testid="recipients-toggle">
          <Group gap={3} wrap="nowrap">
            <Chevron size={14} aria-hidden="true" style={{ flexShrink: 0 }} />
            <Text fz="xs" truncate>
              {summary.filter(Boolean).join(" · ")}
            </Text>
          </Group>
        </UnstyledButton>
        {wanted.length > 0 && !chosen && (
          <Button
            size="compact-xs"
            variant="light"
            color="gray"
            onClick={() => {
              onChoose({ ...NOBODY, to: wanted, source_id: from?.id ?? null });
              setOpen(true);
            }}
            title={t("recipients.wantedHint")}
            maw="50%"
            data-testid="reply-to"
          >
            {t("recipients.wanted", { address: wanted.join(", ") })}
          </Button>
        )}
        {many && !chosen && (
          <Button
            size="compact-xs"
            variant="light"
            leftSection={<IconUsers size={14} />}
            onClick={answerAll}
            title={[t("keys.replyAll"), keyOf("replyAll")].filter(Boolean).join(" · ")}
            style={{ flexShrink: 0 }}
            data-testid="reply-all"
          >
            {t("recipients.all")}
          </Button>
        )}
        {unfolded && (
          <UnstyledButton
            fz="xs"
            td="underline"
            c="dimmed"
            onClick={() => {
              onChoose(null);
              setOpen(false);
            }}
            style={{ flexShrink: 0 }}
            data-testid="recipients-reset"
          >
            {t("recipients.reset")}
          </UnstyledButton>
        )}
      </Group>
      {unfolded && (
        <Box pt={8}>
          <AddressFields value={chosen} senders={senders} subject={answered} onChange={onChoose} />
        </Box>
      )}
    </Box>
  );
}
