/** Rich text as React nodes: every word of it is a text node, and only addresses that can do no harm are links. */

import { Anchor, Box, Code } from "@mantine/core";
import { safeLink, type RichBlock, type RichDocument, type RichRun } from "@sonnim/protocol";
import type { CSSProperties, ReactNode } from "react";
import { useAgent } from "../../app/desk/context";
import { link } from "../../ui/Linked";

const QUOTE: CSSProperties = { borderInlineStart: "3px solid var(--sonnim-accent)", paddingInlineStart: 10, margin: "4px 0" };
const LIST: CSSProperties = { margin: "2px 0", paddingInlineStart: 22 };
const CODE: CSSProperties = { whiteSpace: "pre-wrap", overflowWrap: "anywhere" };

export function RichText({ document }: { document: RichDocument }) {
  return <>{document.map((block, i) => <Block key={i} block={block} />)}</>;
}

function Block({ block }: { block: RichBlock }) {
  switch (block.type) {
    case "paragraph":
      return <div>{block.content?.length ? <Runs runs={block.content} /> : <br />}</div>;
    case "quote":
      return (
        <blockquote style={QUOTE}>
          <Runs runs={block.content ?? []} />
        </blockquote>
      );
    case "code":
      return (
        <Code block my={4} fz="xs" style={CODE}>
          {block.text}
        </Code>
      );
    default: {
      const items = block.items.map((item, i) => (
        <li key={i}>
          <Runs runs={item} />
        </li>
      ));
      return block.type === "numbers" ? <ol style={LIST}>{items}</ol> : <ul style={LIST}>{items}</ul>;
    }
  }
}

function Runs({ runs }: { runs: readonly RichRun[] }) {
  return <>{runs.map((run, i) => <Run key={i} run={run} />)}</>;
}

function Run({ run }: { run: RichRun }): ReactNode {
  if (run.type === "break") return <br />;
  if (run.type === "mention") return <Mention id={run.agent_id} name={run.name} />;
  if (run.type !== "text") return null;
  const safe = run.link && safeLink(run.link) ? run.link : null;
  let words: ReactNode = safe || run.code ? run.text : link(run.text);
  if (run.code) words = <Code fz="0.92em">{words}</Code>;
  if (run.bold) words = <strong>{words}</strong>;
  if (run.italic) words = <em>{words}</em>;
  if (run.strike) words = <s>{words}</s>;
  if (!safe) return words;
  return (
    <Anchor href={safe} target="_blank" rel="noopener noreferrer nofollow" c="inherit" fz="inherit" title={safe}>
      {words}
    </Anchor>
  );
}

function Mention({ id, name }: { id: number; name: string }) {
  const agent = useAgent(id);
  return (
    <Box component="span" c="var(--sonnim-accent)" fw={600} data-testid="mention">
      @{agent?.name ?? name}
    </Box>
  );
}
