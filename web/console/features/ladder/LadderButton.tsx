/** In the composer: how far one may go with this shopper, and the words for it. */

import { ActionIcon, Loader, Popover } from "@mantine/core";
import { IconStairsUp } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { keyOf, useCommand } from "../../app/commands";
import { useMay } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { KeyTip } from "../../ui/KeyTip";

const LadderPanel = lazy(() => import("./LadderPanel"));

interface Props {
  conversation: number;
  onSay: (text: string) => void;
}

export function LadderButton({ conversation, onSay }: Props) {
  const t = useT();
  const may = useMay("conversation.reply");
  const [open, setOpen] = useState(false);
  useCommand("ladder", () => setOpen(true), may);
  if (!may) return null;
  return (
    <Popover opened={open} onChange={setOpen} position="top-start" width="min(440px, 94vw)" trapFocus returnFocus shadow="md" withinPortal withRoles={false}>
      <Popover.Target>
        <span>
          <KeyTip label={t("ladder.open")} keys={keyOf("ladder")}>
            <ActionIcon aria-label={t("ladder.open")} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)} data-testid="ladder-open">
              <IconStairsUp size={18} />
            </ActionIcon>
          </KeyTip>
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t("ladder.title")} p={0}>
        <Suspense fallback={<Loader type="dots" m="md" />}>
          <LadderPanel
            conversation={conversation}
            onSay={(text) => {
              setOpen(false);
              onSay(text);
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
