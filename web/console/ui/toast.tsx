/** Short notices: what went wrong in the reader's language, and what was done with a way back. */

import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { ApiError } from "../app/api";
import type { Words } from "../app/i18n";

export function errorText(words: Words, error: unknown): string {
  if (error instanceof ApiError) return words.lookup(`error.${error.code}`, "error.unknown");
  return words.t("error.unknown");
}

export function toastError(words: Words, error: unknown): void {
  const closeButtonProps = { "aria-label": words.t("common.close") };
  notifications.show({ color: "red", message: errorText(words, error), autoClose: 7000, withBorder: true, closeButtonProps });
}

export function toastDone(message: string): void {
  notifications.show({ message, autoClose: 3500, withBorder: true, withCloseButton: false });
}

let undone = 0;

export function toastUndo(words: Words, message: ReactNode, undo: () => void): void {
  const id = `undo-${++undone}`;
  notifications.show({
    id,
    withBorder: true,
    autoClose: 8000,
    closeButtonProps: { "aria-label": words.t("common.close") },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text fz="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="light"
          style={{ flexShrink: 0 }}
          data-testid="undo"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {words.t("common.undo")}
        </Button>
      </Group>
    ),
  });
}

/** Runs an action and tells of its failure; answers whether it went well. */
export async function attempt(words: Words, action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    toastError(words, error);
    return false;
  }
}
