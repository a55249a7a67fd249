/** The card of an underlined piece, beside it: for the hand that rests there, and for the keys. */

import { Box, Divider, FocusTrap, Popover, Portal, Stack } from "@mantine/core";
import { Fragment, useEffect, useEffectEvent } from "react";
import { useT } from "../../../app/i18n";
import type { Remark } from "./marks";
import { RemarkCard } from "./RemarkCard";
import type { Reason } from "./server";

export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Props {
  remarks: readonly Remark[];
  at: Place;
  /** It is asked why the remark is dismissed: the keys belong to the card. */
  asking: boolean;
  keys: boolean;
  onApply: (remark: Remark) => void;
  onDismiss: (remark: Remark, reason: Reason, words: string) => void;
  onAsk: () => void;
  onEnter: () => void;
  onLeave: () => void;
  onClose: () => void;
}

export function Pointed({ remarks, at, asking, keys, onApply, onDismiss, onAsk, onEnter, onLeave, onClose }: Props) {
  const t = useT();
  const close = useEffectEvent(onClose);
  useEffect(() => {
    // What it points at moves away under it.
    const scrolled = (event: Event) => event.target instanceof Element && event.target.closest("[data-coach-card]") === null && close();
    window.addEventListener("scroll", scrolled, true);
    return () => window.removeEventListener("scroll", scrolled, true);
  }, []);
  return (
    <Popover
      opened
      onChange={(open) => !open && onClose()}
      onDismiss={onClose}
      position="top-start"
      width="min(380px, 94vw)"
      shadow="md"
      withinPortal
      withRoles={false}
      transitionProps={{ duration: 0 }}
      closeOnClickOutside
    >
      <Portal>
        <Popover.Target>
          <Box pos="fixed" style={{ ...at, pointerEvents: "none" }} aria-hidden="true" />
        </Popover.Target>
      </Portal>
      <FocusTrap active={asking}>
        <Popover.Dropdown
          role={asking ? "dialog" : "group"}
          aria-label={t("remark.title")}
          p="sm"
          onMouseEnter={onEnter}
          onMouseLeave={onLeave}
          data-coach-card=""
          data-testid="coach-card"
        >
          <Stack gap="sm" mah="50vh" style={{ overflowY: "auto" }}>
            {remarks.map((remark, n) => (
              <Fragment key={remark.id}>
                {n > 0 && <Divider />}
                <RemarkCard remark={remark} asking={asking && remarks.length === 1} keys={keys && n === 0} onApply={onApply} onDismiss={onDismiss} onAsk={onAsk} />
              </Fragment>
            ))}
          </Stack>
        </Popover.Dropdown>
      </FocusTrap>
    </Popover>
  );
}
