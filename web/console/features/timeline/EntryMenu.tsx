/** What can be done with one line; one menu for the whole timeline, opened where it was asked for. */

import { Box, Menu } from "@mantine/core";
import type { Entry } from "@sonnim/protocol";
import { IconArrowsSplit2, IconCopy, IconEraser, IconHistory, IconLink, IconMailForward, IconPencil } from "@tabler/icons-react";
import { useDeskState, useMay } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { writeLetter } from "../letters/asked";
import { useMayWriteLetters } from "../letters/Letters";
import { openDialog } from "../together/dialogs";

export interface MenuAt {
  entry: Entry;
  x: number;
  y: number;
}

interface Props {
  at: MenuAt | null;
  onClose: () => void;
  onEdit: (entry: Entry) => void;
  onRedact: (entry: Entry) => void;
  onTrace: (entry: Entry) => void;
  onLink: (entry: Entry) => void;
}

export function EntryMenu({ at, onClose, onEdit, onRedact, onTrace, onLink }: Props) {
  return (
    <Menu opened={at !== null} onChange={(open) => !open && onClose()} width={230} position="bottom-end" shadow="md">
      <Menu.Target>
        <Box pos="fixed" left={at?.x ?? 0} top={at?.y ?? 0} w={1} h={1} aria-hidden="true" tabIndex={-1} />
      </Menu.Target>
      <Menu.Dropdown data-testid="entry-menu">
        {at && <Items entry={at.entry} onEdit={onEdit} onRedact={onRedact} onTrace={onTrace} onLink={onLink} />}
      </Menu.Dropdown>
    </Menu>
  );
}

function Items({ entry, onEdit, onRedact, onTrace, onLink }: Omit<Props, "at" | "onClose"> & { entry: Entry }) {
  const t = useT();
  const me = useDeskState((state) => state.agentId);
  const redacts = useMay("conversation.redact");
  const traces = useMay("audit.read");
  const writes = useMay(entry.kind === "note" ? "conversation.note" : "conversation.reply");
  const assigns = useMay("conversation.assign");
  const splits = assigns && entry.kind === "message" && entry.seq > 1;
  const forwards = useMayWriteLetters() && entry.kind === "message" && !entry.hidden;
  const mine = entry.author.kind === "agent" && entry.author.id === me && writes && !entry.hidden && entry.kind !== "event";
  return (
    <>
      {mine && (
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onEdit(entry)} data-testid="entry-edit">
          {t("entry.edit")}
        </Menu.Item>
      )}
      {entry.text && (
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void navigator.clipboard?.writeText(entry.text)}>
          {t("entry.copy")}
        </Menu.Item>
      )}
      {forwards && (
        <Menu.Item leftSection={<IconMailForward size={16} />} onClick={() => writeLetter({ forward: entry })} data-testid="entry-forward">
          {t("entry.forward")}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconLink size={16} />} onClick={() => onLink(entry)} data-testid="entry-link">
        {t("entry.link")}
      </Menu.Item>
      {splits && (
        <Menu.Item
          leftSection={<IconArrowsSplit2 size={16} />}
          onClick={() => openDialog({ what: "split", conversation: entry.conversation_id, seq: entry.seq })}
          data-testid="entry-split"
        >
          {t("together.splitHere")}
        </Menu.Item>
      )}
      {traces && entry.edited_at && !entry.hidden && (
        <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => onTrace(entry)} data-testid="entry-trace">
          {t("entry.trace")}
        </Menu.Item>
      )}
      {redacts && entry.hidden !== "redacted" && (
        <>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconEraser size={16} />} onClick={() => onRedact(entry)} data-testid="entry-redact">
            {t("entry.redact")}
          </Menu.Item>
        </>
      )}
    </>
  );
}
