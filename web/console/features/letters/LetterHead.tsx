/** Above a mail: in one line from whom and to whom; all of it when that line is opened. */

import { Badge, Box, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import type { Addressee, Entry, Envelope } from "@sonnim/protocol";
import { IconAlertTriangle, IconChevronDown, IconChevronRight, IconPaperclip, IconRobot, IconUserQuestion } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useConversation } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT, type Key } from "../../app/i18n";
import { bareSubject, shownAddress, shownName } from "./addressing";
import { useEnvelope } from "./envelopes";
import { useShown } from "./shown";

const WARNINGS = {
  unverified: { label: "letter.unverified", hint: "letter.unverifiedHint", icon: IconUserQuestion },
  spoofed: { label: "letter.spoofed", hint: "letter.spoofedHint", icon: IconAlertTriangle },
  automatic: { label: "letter.automatic", hint: "letter.automaticHint", icon: IconRobot },
  files_left_out: { label: "letter.filesLeftOut", hint: "letter.filesLeftOutHint", icon: IconPaperclip },
} as const satisfies Record<string, { label: Key; hint: Key; icon: typeof IconRobot }>;

type Warning = keyof typeof WARNINGS;
const ORDER: readonly Warning[] = ["spoofed", "unverified", "automatic", "files_left_out"];
const ALARMING: readonly Warning[] = ["spoofed", "unverified"];

export default function LetterHead({ entry, theirs }: { entry: Entry; theirs: boolean }) {
  const t = useT();
  const envelope = useEnvelope(entry);
  const about = useConversation(entry.conversation_id)?.subject ?? "";
  const [open, toggle] = useShown(entry.id, "head");
  if (!envelope) return <Box h={20} />;
  const flags = ORDER.filter((flag) => envelope.flags?.includes(flag));
  const named = envelope.subject && bareSubject(envelope.subject) !== bareSubject(about) ? envelope.subject : "";
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <Box maw="100%" px={4} data-testid="letter-head">
      <Group gap={6} justify={theirs ? "flex-start" : "flex-end"}>
        <UnstyledButton onClick={toggle} aria-expanded={open} c="dimmed" maw="100%" mih={20} data-testid="letter-head-toggle">
          <Group gap={2} wrap="nowrap">
            <Chevron size={13} aria-hidden="true" style={{ flexShrink: 0 }} />
            <Text fz="xs" truncate>
              {summaryOf(envelope, theirs, t)}
            </Text>
          </Group>
        </UnstyledButton>
        {flags.map((flag) => (
          <Flag key={flag} flag={flag} />
        ))}
      </Group>
      {named && !open && (
        <Text fz="xs" fw={600} ta={theirs ? "start" : "end"} dir="auto">
          {named}
        </Text>
      )}
      {open && <Whole entry={entry} envelope={envelope} flags={flags} />}
    </Box>
  );
}

function summaryOf({ sender, to = [], cc = [], bcc = [] }: Envelope, theirs: boolean, t: ReturnType<typeof useT>): string {
  const names = to.map(shownName).join(", ");
  const more = cc.length + bcc.length;
  const from = theirs && sender ? t("letter.from", { address: sender.address }) : "";
  const whole = names ? t("letter.to", { addresses: names }) : "";
  return [from, whole, more ? t("letter.copies", { count: more }) : ""].filter(Boolean).join(" · ");
}

function Flag({ flag }: { flag: Warning }) {
  const t = useT();
  const { label, hint, icon: Icon } = WARNINGS[flag];
  return (
    <Badge size="sm" color={ALARMING.includes(flag) ? "red" : "gray"} leftSection={<Icon size={12} aria-hidden="true" />} title={t(hint)} data-testid={`letter-${flag}`}>
      {t(label)}
    </Badge>
  );
}

function Whole({ entry, envelope, flags }: { entry: Entry; envelope: Envelope; flags: Warning[] }) {
  const t = useT();
  const format = useFormat();
  const { sender, to = [], cc = [], bcc = [], subject } = envelope;
  return (
    <Stack gap={2} my={4} p={8} bdrs="md" bd="1px solid var(--sonnim-line)" data-testid="letter-head-whole">
      {flags.map((flag) => (
        <Text key={flag} fz="xs" fw={550} c={ALARMING.includes(flag) ? "var(--mantine-color-error)" : "dimmed"}>
          {t(WARNINGS[flag].hint)}
        </Text>
      ))}
      <Line label={t("letter.fieldFrom")}>{sender && shownAddress(sender)}</Line>
      <Line label={t("letter.fieldTo")}>{joined(to)}</Line>
      <Line label={t("letter.fieldCc")}>{joined(cc)}</Line>
      <Line label={t("letter.fieldBcc")}>{joined(bcc)}</Line>
      <Line label={t("letter.fieldSubject")}>{subject}</Line>
      <Line label={t("letter.fieldDate")}>{format.full(entry.at)}</Line>
    </Stack>
  );
}

const joined = (addresses: readonly Addressee[]) => addresses.map(shownAddress).join(", ");

function Line({ label, children }: { label: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <Group gap={8} wrap="nowrap" align="baseline">
      <Text fz="xs" c="dimmed" miw={64} style={{ flexShrink: 0 }}>
        {label}
      </Text>
      <Text fz="xs" dir="auto" style={{ overflowWrap: "anywhere" }}>
        {children}
      </Text>
    </Group>
  );
}
