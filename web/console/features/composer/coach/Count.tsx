/** Beside the button that sends: how much there is to look at, and all of it behind. Nothing where there is nothing. */

import { Box, Button, Divider, Popover, Stack, VisuallyHidden } from "@mantine/core";
import { Fragment, useEffect, useRef } from "react";
import { keyOf } from "../../../app/commands";
import { useT } from "../../../app/i18n";
import { KeyTip } from "../../../ui/KeyTip";
import { worst, type Remark } from "./marks";
import { RemarkCard, SeverityIcon } from "./RemarkCard";
import type { Reason } from "./server";

interface Props {
  remarks: readonly Remark[];
  open: boolean;
  /** The remark of which it is asked at once why it is dismissed. */
  asking: string | null;
  onOpen: (open: boolean) => void;
  onApply: (remark: Remark) => void;
  onDismiss: (remark: Remark, reason: Reason, words: string) => void;
}

export function Count({ remarks, open, asking, onOpen, onApply, onDismiss }: Props) {
  const t = useT();
  const severity = worst(remarks);
  const label = severity ? t("remark.count", { count: remarks.length }) : "";
  const list = useRef<HTMLDivElement>(null);
  // What had the focus is gone with its remark: the list keeps it, so that Escape and Tab go on from there.
  useEffect(() => {
    if (open && !list.current?.contains(document.activeElement)) list.current?.focus();
  }, [open, remarks]);
  return (
    <>
      <VisuallyHidden role="status">{label}</VisuallyHidden>
      {severity && (
        <Popover opened={open} onChange={onOpen} position="top-end" width="min(400px, 94vw)" trapFocus returnFocus shadow="md" withinPortal withRoles={false}>
          <Popover.Target>
            <span>
              <KeyTip label={label} keys={keyOf("nextRemark")}>
                <Button
                  size="xs"
                  variant="subtle"
                  color="gray"
                  px={6}
                  leftSection={<SeverityIcon severity={severity} />}
                  styles={{ section: { marginInlineEnd: 4 } }}
                  onClick={() => onOpen(!open)}
                  aria-label={label}
                  aria-haspopup="dialog"
                  aria-expanded={open}
                  data-testid="coach-count"
                  data-severity={severity}
                >
                  <span aria-hidden="true">{remarks.length}</span>
                </Button>
              </KeyTip>
            </span>
          </Popover.Target>
          <Popover.Dropdown role="dialog" aria-label={t("remark.title")} p={0}>
            <Box ref={list} tabIndex={-1} p="sm" mah="min(440px, 60vh)" style={{ overflowY: "auto", outline: "none" }} data-autofocus data-testid="coach-list">
              <Stack gap="sm">
                {remarks.map((remark, n) => (
                  <Fragment key={remark.id}>
                    {n > 0 && <Divider />}
                    <RemarkCard key={String(asking === remark.id)} remark={remark} asking={asking === remark.id} keys={false} onApply={onApply} onDismiss={onDismiss} />
                  </Fragment>
                ))}
              </Stack>
            </Box>
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  );
}
