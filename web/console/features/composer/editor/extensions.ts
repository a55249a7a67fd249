/** What the editor knows: the blocks and marks of our documents, and no others. */

import { Node, type Extensions } from "@tiptap/core";
import Blockquote from "@tiptap/extension-blockquote";
import { ListItem } from "@tiptap/extension-list";
import StarterKit from "@tiptap/starter-kit";
import { safeLink } from "@sonnim/protocol";

const CODE = "font-family: var(--mantine-font-family-monospace); font-size: 0.92em; background: var(--sonnim-sunken); border-radius: 4px;";
const LIST = { HTMLAttributes: { style: "margin: 2px 0; padding-inline-start: 1.5em;" } };

/** A colleague who is called; written and deleted as one piece. */
const Mention = Node.create({
  name: "mention",
  group: "inline",
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () => ({ id: { default: 0 }, label: { default: "" } }),
  parseHTML: () => [],
  renderHTML: ({ node }) => [
    "span",
    { style: "color: var(--sonnim-accent); font-weight: 600;", "data-testid": "mention" },
    `@${String(node.attrs["label"])}`,
  ],
  renderText: ({ node }) => `@${String(node.attrs["label"])}`,
});

export function extensions(): Extensions {
  return [
    StarterKit.configure({
      heading: false,
      horizontalRule: false,
      underline: false,
      gapcursor: false,
      dropcursor: false,
      trailingNode: false,
      blockquote: false,
      listItem: false,
      paragraph: { HTMLAttributes: { style: "margin: 0;" } },
      bulletList: LIST,
      orderedList: LIST,
      code: { HTMLAttributes: { style: `${CODE} padding: 0 4px;` } },
      codeBlock: { HTMLAttributes: { style: `${CODE} padding: 6px 10px; margin: 4px 0; white-space: pre-wrap;` } },
      link: {
        openOnClick: false,
        autolink: true,
        defaultProtocol: "https",
        isAllowedUri: safeLink,
        HTMLAttributes: { style: "color: var(--sonnim-accent); text-decoration: underline;", rel: null, target: null },
      },
    }),
    // Lists do not nest, quotes hold lines: what one sees is what is sent.
    ListItem.extend({ content: "paragraph" }),
    Blockquote.extend({ content: "paragraph+" }).configure({
      HTMLAttributes: {
        style: "margin: 4px 0; padding-inline-start: 10px; border-inline-start: 3px solid var(--sonnim-line);",
      },
    }),
    Mention,
  ];
}
