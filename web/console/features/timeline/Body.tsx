/** What a line says: plain or rich, folded when it is long, or that its wording is gone. */

import { Box, Group, Text, UnstyledButton } from "@mantine/core";
import { richOf, type EntryData, type Locale } from "@sonnim/protocol";
import { IconEraser, IconNote } from "@tabler/icons-react";
import { useState, type CSSProperties, type ReactNode } from "react";
import { useT } from "../../app/i18n";
import { Linked } from "../../ui/Linked";
import { scriptOf } from "../../ui/script";
import { Card, cardOf } from "./Card";
import { RichText } from "./RichText";

const PRE: CSSProperties = { whiteSpace: "pre-wrap", fontSize: "var(--mantine-font-size-sm)", lineHeight: 1.55 };
const FOLDED = 340;
const LONG_TEXT = 1_400;
const LONG_LINES = 18;

interface Props {
  kind: string;
  locale: Locale;
  text: string;
  data?: EntryData | undefined;
  theirs: boolean;
  first: boolean;
  faded?: boolean;
  marked?: boolean;
  children: ReactNode;
}

export function Body({ kind, locale, text, data, theirs, first, faded = false, marked = false, children }: Props) {
  const t = useT();
  const note = kind === "note";
  const rich = data ? richOf({ data: data as Record<string, unknown> }) : null;
  const card = cardOf(data);
  const style: CSSProperties = {
    background: note ? "var(--sonnim-note)" : theirs ? "var(--sonnim-theirs)" : "var(--sonnim-ours)",
    border: note ? "1px dashed var(--sonnim-note-line)" : undefined,
    padding: "8px 12px",
    maxWidth: "100%",
    opacity: faded ? 0.8 : 1,
    borderRadius: first ? (theirs ? "4px 14px 14px 14px" : "14px 4px 14px 14px") : "14px",
    outline: marked ? "2px solid var(--sonnim-accent)" : undefined,
    outlineOffset: 2,
  };
  return (
    <div style={style}>
      {note && (
        <Group gap={4} mb={2} c="dimmed">
          <IconNote size={13} aria-hidden="true" />
          <Text fz="xs" fw={600}>
            {t("timeline.note")}
          </Text>
        </Group>
      )}
      {text && (
        <Fold long={isLong(text)}>
          <div {...scriptOf(locale, PRE)}>{card ? <Card card={card} /> : rich ? <RichText document={rich} /> : <Linked text={text} />}</div>
        </Fold>
      )}
      {children}
    </div>
  );
}

export function isLong(text: string): boolean {
  return text.length > LONG_TEXT || text.split("\n", LONG_LINES + 1).length > LONG_LINES;
}

function Fold({ long, children }: { long: boolean; children: ReactNode }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (!long) return children;
  const fade = "linear-gradient(#000 80%, transparent)";
  return (
    <>
      <div style={open ? undefined : { maxHeight: FOLDED, overflow: "hidden", maskImage: fade, WebkitMaskImage: fade }}>{children}</div>
      <UnstyledButton onClick={() => setOpen(!open)} fz="xs" fw={600} c="var(--sonnim-accent)" mt={4} aria-expanded={open} data-testid="fold">
        {open ? t("timeline.fold") : t("timeline.unfold")}
      </UnstyledButton>
    </>
  );
}

/** In the place of a wording that is no more: who took it away. */
export function Gone({ text, marked }: { text: string; marked: boolean }) {
  return (
    <Box
      px={12}
      py={7}
      c="dimmed"
      bd="1px dashed var(--sonnim-line)"
      bdrs={14}
      data-testid="gone"
      style={{ outline: marked ? "2px solid var(--sonnim-accent)" : undefined, outlineOffset: 2 }}
    >
      <Group gap={6} wrap="nowrap">
        <IconEraser size={14} aria-hidden="true" style={{ flexShrink: 0 }} />
        <Text fz="xs">{text}</Text>
      </Group>
    </Box>
  );
}
