/** What a row of a list is dragged by, or moved with the arrow keys. */

import { ActionIcon } from "@mantine/core";
import { IconGripVertical } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import { useT } from "../app/i18n";

interface Props {
  label: string;
  onMove: (by: number) => void;
  onLift: () => void;
  onDrop: () => void;
  "data-testid": string;
}

export function Handle({ label, onMove, onLift, onDrop, ...rest }: Props) {
  const t = useT();
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <ActionIcon draggable onDragStart={onLift} onDragEnd={onDrop} onKeyDown={onKeyDown} aria-label={label} title={t("sla.moveHint")} style={{ cursor: "grab" }} data-handle {...rest}>
      <IconGripVertical size={17} />
    </ActionIcon>
  );
}
