/** Rich text of the desk: blocks and runs as elements, never as markup. */

import type { RichBlock, RichDocument, RichRun } from "@sonnim/protocol";
import { safeLink } from "@sonnim/protocol";
import type { ComponentChildren } from "preact";

function Run({ run }: { run: RichRun }) {
  if (run.type === "break") return <br />;
  if (run.type === "mention") return <>@{run.name}</>;
  let shown: ComponentChildren = run.text;
  if (run.code) shown = <code>{shown}</code>;
  if (run.bold) shown = <b>{shown}</b>;
  if (run.italic) shown = <i>{shown}</i>;
  if (run.strike) shown = <s>{shown}</s>;
  if (!run.link || !safeLink(run.link)) return <>{shown}</>;
  return (
    <a href={run.link} target="_blank" rel="noopener noreferrer nofollow">
      {shown}
    </a>
  );
}

function Runs({ of }: { of: RichRun[] }) {
  return (
    <>
      {of.map((run, n) => (
        <Run key={n} run={run} />
      ))}
    </>
  );
}

function Block({ block }: { block: RichBlock }) {
  if (block.type === "code") return <pre>{block.text}</pre>;
  if ("items" in block) {
    const List = block.type === "bullets" ? "ul" : "ol";
    return (
      <List>
        {block.items.map((item, n) => (
          <li key={n}>
            <Runs of={item} />
          </li>
        ))}
      </List>
    );
  }
  const said = block.content?.length ? <Runs of={block.content} /> : <br />;
  return block.type === "quote" ? <blockquote>{said}</blockquote> : <p>{said}</p>;
}

export function Rich({ document }: { document: RichDocument }) {
  return (
    <div class="text rich" dir="auto">
      {document.map((block, n) => (
        <Block key={n} block={block} />
      ))}
    </div>
  );
}
