/** What can be done with the words of an event; those without words need no button. */

import { UnstyledButton } from "@mantine/core";
import type { Entry } from "@sonnim/protocol";
import { IconDots } from "@tabler/icons-react";
import { useMay } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { useScene } from "./scene";

export function EventActions({ entry }: { entry: Entry }) {
  const t = useT();
  const format = useFormat();
  const scene = useScene();
  const redacts = useMay("conversation.redact");
  if (!redacts || !entry.text) return null;
  return (
    <UnstyledButton
      onClick={(event) => scene.openMenu(entry, event.currentTarget)}
      aria-label={t("entry.actions", { time: format.time(entry.at) })}
      aria-haspopup="menu"
      c="dimmed"
      bdrs="sm"
      p={2}
      style={{ lineHeight: 0, flexShrink: 0 }}
      data-testid="entry-actions"
    >
      <IconDots size={15} />
    </UnstyledButton>
  );
}
