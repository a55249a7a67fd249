/** The frame around a message: a face, a name, what can be done with it. Plain elements, for hundreds are drawn a second. */

import { UnstyledButton } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState, type CSSProperties, type MouseEvent, type ReactNode } from "react";

const FACE: CSSProperties = { width: 28, minWidth: 28, paddingBottom: 20 };
const NAME: CSSProperties = {
  fontSize: "var(--mantine-font-size-xs)",
  fontWeight: 550,
  color: "var(--mantine-color-dimmed)",
  padding: "0 4px",
};
const TOUCH = typeof matchMedia === "function" && matchMedia("(hover: none)").matches;

interface Props {
  theirs: boolean;
  face: ReactNode;
  name?: string | undefined;
  spaced: boolean;
  /** Letters need room: they were written for a page. */
  wide?: boolean;
  testid: string;
  kind: string;
  seq?: number;
  action?: { label: string; open: (button: HTMLElement) => void } | undefined;
  children: ReactNode;
}

export function Line({ theirs, face, name, spaced, wide = false, testid, kind, seq, action, children }: Props) {
  const [near, setNear] = useState(false);
  const row: CSSProperties = {
    display: "flex",
    flexDirection: theirs ? "row" : "row-reverse",
    alignItems: "flex-end",
    gap: 8,
    marginTop: spaced ? 12 : 3,
  };
  const stack: CSSProperties = {
    display: "flex",
    flexDirection: "column",
    alignItems: theirs ? "flex-start" : "flex-end",
    gap: 2,
    minWidth: 0,
    maxWidth: wide ? "min(92%, 680px)" : "min(78%, 560px)",
  };
  return (
    <div
      style={row}
      data-testid={testid}
      data-kind={kind}
      data-seq={seq}
      onMouseEnter={action && (() => setNear(true))}
      onMouseLeave={action && (() => setNear(false))}
    >
      <div style={FACE}>{face}</div>
      <div style={stack}>
        {name && <div style={NAME}>{name}</div>}
        {children}
      </div>
      {action && (
        <UnstyledButton
          onClick={(event: MouseEvent<HTMLElement>) => action.open(event.currentTarget)}
          onFocus={() => setNear(true)}
          onBlur={() => setNear(false)}
          aria-label={action.label}
          aria-haspopup="menu"
          c="dimmed"
          mb={22}
          bdrs="sm"
          data-testid="entry-actions"
          style={{ opacity: near ? 1 : TOUCH ? 0.6 : 0, lineHeight: 0, padding: 5, flexShrink: 0 }}
        >
          <IconDots size={17} />
        </UnstyledButton>
      )}
    </div>
  );
}
