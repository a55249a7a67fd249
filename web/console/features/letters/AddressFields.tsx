/** All of a letter's head that one may choose: to whom, with copies to whom, about what, from which address. */

import { Group, Select, Stack, TextInput, UnstyledButton } from "@mantine/core";
import type { Recipients, Sender } from "@sonnim/protocol";
import { useState } from "react";
import { useT } from "../../app/i18n";
import { AddressField } from "./AddressField";
import { faultOf, shownAddress } from "./addressing";
import { usualOf } from "./senders";

interface Props {
  value: Recipients;
  senders: readonly Sender[];
  /** What stands in the subject when nothing is written there. */
  subject?: string;
  autoFocus?: boolean;
  onChange: (value: Recipients) => void;
}

export function AddressFields({ value, senders, subject = "", autoFocus = false, onChange }: Props) {
  const t = useT();
  const [copies, setCopies] = useState(value.cc.length > 0);
  const [blind, setBlind] = useState(value.bcc.length > 0);
  const set = (part: Partial<Recipients>) => onChange({ ...value, ...part });
  return (
    <Stack gap={8} data-testid="address-fields">
      <AddressField
        label={t("letter.fieldTo")}
        value={value.to}
        placeholder={t("recipients.placeholder")}
        autoFocus={autoFocus}
        onChange={(to) => set({ to })}
        testid="letter-to"
      />
      {(copies || value.cc.length > 0) && <AddressField label={t("letter.fieldCc")} value={value.cc} onChange={(cc) => set({ cc })} testid="letter-cc" />}
      {(blind || value.bcc.length > 0) && (
        <AddressField label={t("letter.fieldBcc")} value={value.bcc} onChange={(bcc) => set({ bcc })} testid="letter-bcc" />
      )}
      <Group gap="md">
        {!copies && !value.cc.length && <More onClick={() => setCopies(true)} text={t("recipients.addCc")} testid="add-cc" />}
        {!blind && !value.bcc.length && <More onClick={() => setBlind(true)} text={t("recipients.addBcc")} testid="add-bcc" />}
      </Group>
      <TextInput
        label={t("letter.fieldSubject")}
        size="sm"
        value={value.subject}
        placeholder={subject}
        maxLength={200}
        dir="auto"
        error={faultOf(value) === "recipients.longSubject" ? t("recipients.longSubject") : undefined}
        onChange={(event) => set({ subject: event.currentTarget.value })}
        data-testid="letter-subject"
      />
      {senders.length > 1 && (
        <Select
          label={t("recipients.fieldFrom")}
          size="sm"
          data={senders.map((each) => ({ value: String(each.id), label: shownAddress(each) }))}
          value={String(usualOf(senders, value.source_id)?.id ?? "")}
          allowDeselect={false}
          onChange={(id) => set({ source_id: id ? Number(id) : null })}
          data-testid="letter-sender"
        />
      )}
    </Stack>
  );
}

function More({ text, testid, onClick }: { text: string; testid: string; onClick: () => void }) {
  return (
    <UnstyledButton onClick={onClick} fz="xs" fw={600} c="var(--sonnim-accent)" data-testid={testid}>
      {text}
    </UnstyledButton>
  );
}
