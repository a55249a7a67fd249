/** Bold, lists, links: shown on demand, their keys beside them. */

import { ActionIcon, Button, Divider, Group, Popover, TextInput } from "@mantine/core";
import { safeLink } from "@sonnim/protocol";
import type { Editor } from "@tiptap/core";
import {
  IconBlockquote,
  IconBold,
  IconCode,
  IconCodeDots,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconStrikethrough,
  type TablerIcon,
} from "@tabler/icons-react";
import { useEffect, useReducer, useState, type FormEvent } from "react";
import { shownKeys } from "../../app/commands";
import { useT, type Key } from "../../app/i18n";
import { KeyTip } from "../../ui/KeyTip";

interface Tool {
  name: string;
  label: Key;
  keys: string;
  icon: TablerIcon;
  run: (editor: Editor) => unknown;
}

const TOOLS: (Tool | null)[] = [
  { name: "bold", label: "format.bold", keys: "Mod+B", icon: IconBold, run: (e) => e.chain().focus().toggleBold().run() },
  { name: "italic", label: "format.italic", keys: "Mod+I", icon: IconItalic, run: (e) => e.chain().focus().toggleItalic().run() },
  { name: "strike", label: "format.strike", keys: "Mod+Shift+S", icon: IconStrikethrough, run: (e) => e.chain().focus().toggleStrike().run() },
  { name: "code", label: "format.code", keys: "Mod+E", icon: IconCode, run: (e) => e.chain().focus().toggleCode().run() },
  null,
  { name: "bulletList", label: "format.bullets", keys: "Mod+Shift+8", icon: IconList, run: (e) => e.chain().focus().toggleBulletList().run() },
  { name: "orderedList", label: "format.numbers", keys: "Mod+Shift+7", icon: IconListNumbers, run: (e) => e.chain().focus().toggleOrderedList().run() },
  { name: "blockquote", label: "format.quote", keys: "Mod+Shift+B", icon: IconBlockquote, run: (e) => e.chain().focus().toggleBlockquote().run() },
  { name: "codeBlock", label: "format.codeBlock", keys: "Mod+Alt+C", icon: IconCodeDots, run: (e) => e.chain().focus().toggleCodeBlock().run() },
];

export function Toolbar({ editor }: { editor: Editor }) {
  const t = useT();
  const [, render] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    editor.on("transaction", render);
    return () => void editor.off("transaction", render);
  }, [editor]);
  return (
    <Group gap={2} px={2} pb={4} role="toolbar" aria-label={t("format.label")} data-testid="toolbar">
      {TOOLS.map((tool, n) =>
        tool ? (
          <KeyTip key={tool.name} label={t(tool.label)} keys={shownKeys(tool.keys)}>
            <ActionIcon
              size={28}
              variant={editor.isActive(tool.name) ? "light" : "subtle"}
              aria-label={t(tool.label)}
              aria-pressed={editor.isActive(tool.name)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => tool.run(editor)}
              data-testid={`format-${tool.name}`}
            >
              <tool.icon size={17} />
            </ActionIcon>
          </KeyTip>
        ) : (
          <Divider key={n} orientation="vertical" my={5} mx={3} />
        ),
      )}
      <LinkTool editor={editor} />
    </Group>
  );
}

function LinkTool({ editor }: { editor: Editor }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [address, setAddress] = useState("");
  const wanted = completed(address);
  const bad = address !== "" && !safeLink(wanted);
  const show = () => {
    setAddress(String(editor.getAttributes("link")["href"] ?? ""));
    setOpen(true);
  };
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (bad) return;
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!address) chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link")) {
      const marks = [{ type: "link", attrs: { href: wanted } }];
      chain.insertContent([{ type: "text", text: address, marks }, { type: "text", text: " " }]).run();
    } else chain.setLink({ href: wanted }).run();
    setOpen(false);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="top" withArrow trapFocus>
      <Popover.Target>
        <ActionIcon
          size={28}
          variant={editor.isActive("link") ? "light" : "subtle"}
          aria-label={t("format.link")}
          aria-pressed={editor.isActive("link")}
          onMouseDown={(event) => event.preventDefault()}
          onClick={show}
          data-testid="format-link"
        >
          <IconLink size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={apply}>
          <Group gap={6} align="flex-end" wrap="nowrap">
            <TextInput
              label={t("format.address")}
              placeholder="https://"
              value={address}
              onChange={(event) => setAddress(event.currentTarget.value)}
              error={bad ? t("format.badAddress") : undefined}
              data-autofocus
              data-testid="link-address"
            />
            <Button type="submit" size="xs" mb={bad ? 22 : 3} disabled={bad} data-testid="link-apply">
              {t(address ? "format.setLink" : "format.noLink")}
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What people type for an address: "ongi.example", "help@ongi.example". */
function completed(address: string): string {
  const text = address.trim();
  if (!text || /^[a-z][a-z0-9+.-]*:/i.test(text)) return text;
  return /^[^\s/@]+@[^\s/@]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
}
