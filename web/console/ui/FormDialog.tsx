/** A dialog around one form: cancel, save, and why it could not be saved. */

import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useT, type Words } from "../app/i18n";
import { useSubmit } from "./useSubmit";

interface Props {
  /** What it is a form of, for tests: `<name>-save`, `<name>-wrong`. */
  name: string;
  title: string;
  onClose: () => void;
  /** Saves and closes, or throws. */
  onSave: () => Promise<unknown>;
  /** What is wrong, where more can be said than the error's own text. */
  explain?: (words: Words, error: unknown) => string;
  ready?: boolean;
  /** What the button says where that is not "Save". */
  saveText?: string;
  size?: string;
  fullScreen?: boolean;
  /** Stands beside the buttons. */
  aside?: ReactNode;
  children: ReactNode;
}

export function FormDialog({ name, title, onClose, onSave, explain, ready = true, saveText, size = "md", fullScreen = false, aside, children }: Props) {
  const t = useT();
  const form = useSubmit(onSave, explain);
  return (
    <Modal opened onClose={onClose} title={title} size={size} fullScreen={fullScreen} closeButtonProps={{ "aria-label": t("common.close") }}>
      <form onSubmit={form.onSubmit}>
        <Stack>
          {children}
          {form.wrong && (
            <Alert color="red" role="alert" data-testid={`${name}-wrong`}>
              {form.wrong}
            </Alert>
          )}
          <Group justify={aside ? "space-between" : "flex-end"}>
            {aside}
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                {t("common.cancel")}
              </Button>
              <Button type="submit" loading={form.busy} disabled={!ready} data-testid={`${name}-save`}>
                {saveText ?? t("common.save")}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
