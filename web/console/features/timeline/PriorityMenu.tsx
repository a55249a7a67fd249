/** How much this conversation matters, told with one key. */

import { ActionIcon, Button, Menu, Modal, Stack } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { keyOf, useCommand } from "../../app/commands";
import { prioritise } from "../../app/desk/actions";
import { useDesk, useMay } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { KeyTip } from "../../ui/KeyTip";
import { PRIORITIES, PriorityIcon, type Priority } from "../../ui/Priority";
import { attempt, toastUndo } from "../../ui/toast";

export function PriorityMenu({ conversation: { id, priority }, phone }: { conversation: Conversation; phone: boolean }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const [open, setOpen] = useState(false);
  const may = useMay("conversation.assign");
  useCommand("priority", () => setOpen(true), may);
  if (!may) return null;
  const give = (to: Priority) => {
    if (to === priority) return;
    void attempt(words, () => prioritise(desk, id, to)).then((done) => {
      if (!done) return;
      toastUndo(words, t("done.priority", { priority: t(`priority.${to}`) }), () => void attempt(words, () => prioritise(desk, id, priority)));
    });
  };
  // What is normal needs no button of its own: the key and the menu of all else open the choice.
  if (phone || priority === 1) {
    return (
      <Modal opened={open} onClose={() => setOpen(false)} title={t("priority.label")} closeButtonProps={{ "aria-label": t("common.close") }}>
        <Stack gap="xs">
          {PRIORITIES.map((each) => (
            <Button
              key={each}
              variant={each === priority ? "light" : "default"}
              size="md"
              justify="flex-start"
              aria-pressed={each === priority}
              leftSection={<PriorityIcon priority={each} />}
              onClick={() => {
                setOpen(false);
                give(each);
              }}
            >
              {t(`priority.${each}`)}
            </Button>
          ))}
        </Stack>
      </Modal>
    );
  }
  const label = t("priority.is", { priority: t(`priority.${priority}`) });
  return (
    <Menu opened={open} onChange={setOpen} width={190} position="bottom-end">
      <KeyTip label={t("priority.label")} keys={keyOf("priority")}>
        <Menu.Target>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={label}
            data-testid="priority"
            data-priority={priority}
          >
            <PriorityIcon priority={priority} />
          </ActionIcon>
        </Menu.Target>
      </KeyTip>
      <Menu.Dropdown>
        <Menu.Label>{t("priority.label")}</Menu.Label>
        {PRIORITIES.map((each) => (
          <Menu.Item
            key={each}
            leftSection={<PriorityIcon priority={each} />}
            rightSection={each === priority ? <IconCheck size={15} aria-label={t("assign.current")} /> : undefined}
            onClick={() => give(each)}
            data-testid={`priority-${each}`}
          >
            {t(`priority.${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
