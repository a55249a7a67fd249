/** A picture as large as the window, then the next; arrows turn, plus and minus zoom, D saves. */

import { ActionIcon, Box, Group, Modal, Text } from "@mantine/core";
import type { Attachment } from "@sonnim/protocol";
import { IconChevronLeft, IconChevronRight, IconDownload, IconX, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useDesk } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { KeyTip } from "../../ui/KeyTip";
import { contentUrl } from "./Attachments";

const STEPS = [1, 1.5, 2, 3, 4];
const GLASS = "rgba(15, 20, 18, .94)";

interface Props {
  pictures: readonly Attachment[];
  start: number;
  onClose: () => void;
}

export default function Lightbox({ pictures, start, onClose }: Props) {
  const t = useT();
  const { base } = useDesk();
  const [at, setAt] = useState(() => Math.max(0, pictures.findIndex((each) => each.id === start)));
  const [zoom, setZoom] = useState(0);
  const save = useRef<HTMLAnchorElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const picture = pictures[Math.min(at, pictures.length - 1)];
  const turn = (by: number) => {
    setZoom(0);
    setAt((was) => (was + by + pictures.length) % pictures.length);
  };
  const size = (by: number) => setZoom((was) => Math.max(0, Math.min(STEPS.length - 1, was + by)));
  useEffect(() => stage.current?.focus(), []);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act: Record<string, () => void> = {
      ArrowLeft: () => turn(-1),
      ArrowRight: () => turn(1),
      "+": () => size(1),
      "=": () => size(1),
      "-": () => size(-1),
      "0": () => setZoom(0),
      d: () => save.current?.click(),
    };
    const found = act[event.key] ?? (event.code === "KeyD" ? act["d"] : undefined);
    // Arrows scroll a picture that is larger than the window.
    if (!found || (zoom > 0 && event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    found();
  };
  if (!picture) return null;
  const url = contentUrl(base, picture.id);
  const scale = STEPS[zoom] ?? 1;
  const fit = zoom === 0;
  return (
    <Modal.Root opened onClose={onClose} fullScreen padding={0} transitionProps={{ duration: 0 }}>
      <Modal.Content aria-label={picture.name} bg={GLASS} radius={0}>
      <Box h="100dvh" display="flex" style={{ flexDirection: "column" }} onKeyDown={press} c="#F4F3EE" data-testid="lightbox">
        <Group px="md" h={56} wrap="nowrap" justify="space-between">
          <Text fz="sm" truncate>
            {picture.name}
          </Text>
          <Group gap={4} wrap="nowrap">
            {pictures.length > 1 && (
              <Text fz="xs" px={6} style={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }} data-testid="lightbox-place">
                {at + 1} / {pictures.length}
              </Text>
            )}
            <Tool label={t("lightbox.smaller")} keys="-" icon={<IconZoomOut size={20} />} onClick={() => size(-1)} disabled={fit} />
            <Tool label={t("lightbox.larger")} keys="+" icon={<IconZoomIn size={20} />} onClick={() => size(1)} disabled={zoom === STEPS.length - 1} />
            <KeyTip label={t("attachment.download")} keys="D">
              <ActionIcon ref={save} component="a" href={`${url}?download=1`} download={picture.name} c="inherit" aria-label={t("attachment.download")} data-testid="lightbox-download">
                <IconDownload size={20} />
              </ActionIcon>
            </KeyTip>
            <Tool label={t("common.close")} keys="Esc" icon={<IconX size={21} />} onClick={onClose} />
          </Group>
        </Group>
        <Box pos="relative" flex={1} mih={0}>
          <Box ref={stage} tabIndex={0} h="100%" onDoubleClick={() => setZoom(fit ? 2 : 0)} style={{ overflow: "auto", display: "grid", placeItems: fit ? "center" : "start", outline: "none" }} aria-label={picture.name} role="group">
            <img
              key={picture.id}
              src={url}
              alt={picture.name}
              data-testid="lightbox-picture"
              data-zoom={scale}
              style={fit ? { maxWidth: "96vw", maxHeight: "calc(100dvh - 72px)", objectFit: "contain" } : { width: `${96 * scale}vw`, maxWidth: "none", height: "auto" }}
            />
          </Box>
          {pictures.length > 1 && (
            <>
              <Turn side="left" label={t("lightbox.previous")} onClick={() => turn(-1)} />
              <Turn side="right" label={t("lightbox.next")} onClick={() => turn(1)} />
            </>
          )}
        </Box>
      </Box>
      </Modal.Content>
    </Modal.Root>
  );
}

function Tool({ label, keys, icon, onClick, disabled = false }: { label: string; keys: string; icon: React.ReactNode; onClick: () => void; disabled?: boolean }) {
  return (
    <KeyTip label={label} keys={keys}>
      <ActionIcon onClick={onClick} disabled={disabled} c="inherit" bg="transparent" opacity={disabled ? 0.4 : 1} aria-label={label}>
        {icon}
      </ActionIcon>
    </KeyTip>
  );
}

function Turn({ side, label, onClick }: { side: "left" | "right"; label: string; onClick: () => void }) {
  const Icon = side === "left" ? IconChevronLeft : IconChevronRight;
  return (
    <ActionIcon onClick={onClick} pos="absolute" top="45%" {...{ [side]: 12 }} size={44} radius="xl" variant="filled" color="dark" aria-label={label} data-testid={`lightbox-${side}`}>
      <Icon size={24} />
    </ActionIcon>
  );
}
