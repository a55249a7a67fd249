/** Below a mail's new words: what it quoted, and the mail as it was sent. */

import { Box, Group, Loader, Text, UnstyledButton } from "@mantine/core";
import type { Entry, Locale } from "@sonnim/protocol";
import { IconDots, IconMail, IconMailOpened } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useT } from "../../app/i18n";
import { Linked } from "../../ui/Linked";
import { scriptOf } from "../../ui/script";
import { useEnvelope } from "./envelopes";
import { useLetter } from "./sent";
import { useShown } from "./shown";

const SentView = lazy(() => import("./SentView"));

export default function LetterFoot({ entry, locale }: { entry: Entry; locale: Locale }) {
  const t = useT();
  const flags = useEnvelope(entry)?.flags ?? [];
  const [quoted, toggleQuoted] = useShown(entry.id, "quoted");
  const [sent, toggleSent] = useShown(entry.id, "sent");
  const quotes = flags.includes("quoted");
  const html = flags.includes("html");
  if (!quotes && !html) return null;
  return (
    <Box mt={4}>
      <Group gap={10}>
        {quotes && (
          <UnstyledButton
            onClick={toggleQuoted}
            aria-expanded={quoted}
            aria-label={t(quoted ? "letter.hideQuoted" : "letter.showQuoted")}
            title={t(quoted ? "letter.hideQuoted" : "letter.showQuoted")}
            px={7}
            bdrs="sm"
            bg="var(--sonnim-line)"
            lh={0}
            py={1}
            data-testid="letter-quoted-toggle"
          >
            <IconDots size={16} />
          </UnstyledButton>
        )}
        {html && (
          <UnstyledButton onClick={toggleSent} aria-expanded={sent} fz="xs" fw={600} c="var(--sonnim-accent)" data-testid="letter-as-sent">
            <Group gap={4} wrap="nowrap">
              {sent ? <IconMailOpened size={14} aria-hidden="true" /> : <IconMail size={14} aria-hidden="true" />}
              {t(sent ? "letter.hideSent" : "letter.asSent")}
            </Group>
          </UnstyledButton>
        )}
      </Group>
      {quoted && <Quoted entry={entry} locale={locale} />}
      {sent && (
        <Suspense fallback={<Loader type="dots" size="sm" aria-label={t("common.loading")} />}>
          <SentView entry={entry} />
        </Suspense>
      )}
    </Box>
  );
}

function Quoted({ entry, locale }: { entry: Entry; locale: Locale }) {
  const t = useT();
  const { letter, again } = useLetter(entry, true);
  if (letter === "failed") {
    return (
      <UnstyledButton onClick={again} fz="xs" td="underline" mt={6}>
        {t("letter.failed")} {t("common.retry")}
      </UnstyledButton>
    );
  }
  if (!letter) return <Loader type="dots" size="sm" mt={6} aria-label={t("common.loading")} />;
  return (
    <Box mt={6} pl={10} c="dimmed" style={{ borderInlineStart: "2px solid var(--sonnim-line)" }} data-testid="letter-quoted">
      <Text component="div" fz="xs" {...scriptOf(locale, { whiteSpace: "pre-wrap" })}>
        <Linked text={letter.quoted} />
      </Text>
    </Box>
  );
}
