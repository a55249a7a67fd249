/** The tags of a conversation, put on and taken off. */

import { ActionIcon, Indicator, Modal, Popover } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconTag } from "@tabler/icons-react";
import { useState } from "react";
import { keyOf, useCommand } from "../../app/commands";
import { tag as putTags } from "../../app/desk/actions";
import { useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { KeyTip } from "../../ui/KeyTip";
import { attempt } from "../../ui/toast";
import { TagList } from "./TagList";

export function TagMenu({ conversation, phone }: { conversation: Conversation; phone: boolean }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const [open, setOpen] = useState(false);
  const may = useMay("conversation.tag");
  const table = useDeskState((state) => state.tables.tags);
  const running = conversation.status !== "merged";
  useCommand("tag", () => setOpen(true), may && running);
  if (!may || !running) return null;
  const { id, tag_ids } = conversation;
  const shown = tag_ids.filter((each) => table[each] && !table[each].removed);
  const list = (
    <TagList
      on={tag_ids}
      onToggle={({ id: each }) => {
        const has = tag_ids.includes(each);
        void attempt(words, () => putTags(desk, id, has ? [] : [each], has ? [each] : []));
      }}
    />
  );
  if (phone) {
    return (
      <Modal opened={open} onClose={() => setOpen(false)} title={t("tags.title")} closeButtonProps={{ "aria-label": t("common.close") }}>
        {list}
      </Modal>
    );
  }
  return (
    <Popover opened={open} onChange={setOpen} width={260} position="bottom-end" trapFocus returnFocus withinPortal>
      <Indicator disabled={!shown.length} label={shown.length} size={15} offset={3} color="celadon">
        <KeyTip label={t("action.tag")} keys={keyOf("tag")}>
          <Popover.Target>
            <ActionIcon variant="default" size="lg" aria-label={t("action.tag")} onClick={() => setOpen(!open)} data-testid="tag-menu">
              <IconTag size={18} />
            </ActionIcon>
          </Popover.Target>
        </KeyTip>
      </Indicator>
      <Popover.Dropdown p={8} aria-label={t("tags.title")}>
        {list}
      </Popover.Dropdown>
    </Popover>
  );
}
