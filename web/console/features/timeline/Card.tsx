/** Something said in fields: a label and a value in each row, in the reader's language where the sender had one for it. */

import { Anchor, Box, Text } from "@mantine/core";
import type { Locale } from "@sonnim/protocol";
import type { CSSProperties, ReactNode } from "react";
import { useWords } from "../../app/i18n";
import { Linked, safeHref } from "../../ui/Linked";

type Said = string | Partial<Record<Locale, string>>;

interface CardRow {
  label: Said;
  type: string;
  value: Said;
}

export interface CardData {
  title: Said;
  rows: CardRow[];
  page?: { url: string; title: string };
}

const WORDS: CSSProperties = { whiteSpace: "pre-wrap", overflowWrap: "anywhere", lineHeight: 1.55 };

/** The card that a message carries, if it carries one. */
export function cardOf(data: unknown): CardData | null {
  const card = (data as { card?: Partial<CardData> } | undefined)?.card;
  return card && Array.isArray(card.rows) ? { ...card, title: card.title ?? "", rows: card.rows } : null;
}

export function Card({ card }: { card: CardData }) {
  const { t, tag, locale } = useWords();
  const say = (said: Said) => (typeof said === "string" ? said : (said[locale] ?? said.en ?? Object.values(said)[0] ?? ""));
  const value = ({ type, value: given }: CardRow): ReactNode => {
    const text = say(given);
    if (type === "consent") return t("card.yes");
    if (type === "date") return new Date(`${text}T00:00:00Z`).toLocaleDateString(tag, { dateStyle: "long", timeZone: "UTC" });
    return <Linked text={text} />;
  };
  const href = card.page && /^https?:/i.test(card.page.url) ? safeHref(card.page.url) : null;
  return (
    <Box data-testid="card" dir="auto">
      <Text fz="sm" fw={650} mb={6}>
        {say(card.title)}
      </Text>
      <Box component="dl" m={0} display="grid" style={{ gridTemplateColumns: "fit-content(40%) minmax(0, 1fr)", columnGap: 14, rowGap: 4 }}>
        {/* Files stand below the message with their own names and pictures. */}
        {card.rows.filter(({ type }) => type !== "file").map((row, i) => (
          <Row key={i} label={say(row.label)} wide={row.type === "long" || row.type === "consent"}>
            {value(row)}
          </Row>
        ))}
        {card.page && href && (
          <Row label={t("card.page")}>
            <Anchor href={href} target="_blank" rel="noopener noreferrer nofollow" c="inherit" fz="inherit" title={href}>
              {card.page.title || card.page.url}
            </Anchor>
          </Row>
        )}
      </Box>
    </Box>
  );
}

function Row({ label, wide = false, children }: { label: string; wide?: boolean; children: ReactNode }) {
  const span = wide ? "1 / -1" : undefined;
  return (
    <>
      <Text component="dt" fz="xs" c="dimmed" lh={1.8} maw={wide ? undefined : 180} mt={wide ? 4 : 0} style={{ gridColumn: span, overflowWrap: "anywhere" }}>
        {label}
      </Text>
      <Text component="dd" fz="sm" m={0} mb={wide ? 4 : 0} style={{ ...WORDS, gridColumn: span }}>
        {children}
      </Text>
    </>
  );
}
