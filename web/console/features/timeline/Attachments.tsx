/** Pictures in their reserved place, files with their size. */

import { Anchor, Box, Group, Image, Stack, Text, ThemeIcon, UnstyledButton } from "@mantine/core";
import type { Attachment } from "@sonnim/protocol";
import { IconDownload, IconFile, IconFileTypePdf, IconFileZip, IconMusic, IconVideo } from "@tabler/icons-react";
import { useContext, useState } from "react";
import { useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { SceneContext } from "./scene";

const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);
const WIDTH = 280;
const HEIGHT = 320;

export function isPicture({ type, width, height }: Attachment): boolean {
  return SHOWN.has(type) && !!width && !!height;
}

/** The size at which a picture is drawn: known before it is loaded. */
export function fit(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, WIDTH / width, HEIGHT / height);
  return { width: Math.max(24, Math.round(width * scale)), height: Math.max(24, Math.round(height * scale)) };
}

export function Attachments({ items }: { items: readonly Attachment[] }) {
  if (!items.length) return null;
  return (
    <Stack gap={6} mt={4} mb={2} align="flex-start">
      {items.map((each) => (isPicture(each) ? <Picture key={each.id} item={each} /> : <File key={each.id} item={each} />))}
    </Stack>
  );
}

export function contentUrl(base: string, id: number): string {
  return `/api/v1${base}/attachments/${id}/content`;
}

function Picture({ item }: { item: Attachment }) {
  const t = useT();
  const { base } = useDesk();
  const scene = useContext(SceneContext);
  const [broken, setBroken] = useState(false);
  if (broken) return <File item={item} />;
  const size = fit(item.width ?? 0, item.height ?? 0);
  const url = contentUrl(base, item.id);
  return (
    <UnstyledButton onClick={() => scene?.openPicture(item.id)} aria-label={t("attachment.open", { name: item.name })} maw="100%" bdrs="md">
      <Image
        src={url}
        alt={item.name}
        width={size.width}
        height={size.height}
        w={size.width}
        maw="100%"
        radius="md"
        fit="cover"
        loading="lazy"
        onError={() => setBroken(true)}
        bg="var(--sonnim-sunken)"
        style={{ aspectRatio: `${size.width} / ${size.height}`, height: "auto" }}
        data-testid="attachment-picture"
      />
    </UnstyledButton>
  );
}

function FileIcon({ type }: { type: string }) {
  const look = { size: 19, stroke: 1.6, "aria-hidden": true } as const;
  if (type === "application/pdf") return <IconFileTypePdf {...look} />;
  if (type.includes("zip")) return <IconFileZip {...look} />;
  if (type.startsWith("audio/")) return <IconMusic {...look} />;
  return type.startsWith("video/") ? <IconVideo {...look} /> : <IconFile {...look} />;
}

function File({ item }: { item: Attachment }) {
  const t = useT();
  const format = useFormat();
  const { base } = useDesk();
  return (
    <Anchor
      href={`${contentUrl(base, item.id)}?download=1`}
      download={item.name}
      underline="never"
      c="inherit"
      data-testid="attachment-file"
    >
      <Group gap={10} wrap="nowrap" p={8} bdrs="md" bg="var(--sonnim-panel)" bd="1px solid var(--sonnim-line)" maw={300}>
        <ThemeIcon variant="light" size={34} radius="md">
          <FileIcon type={item.type} />
        </ThemeIcon>
        <Box miw={0} flex={1}>
          <Text fz="sm" fw={550} truncate>
            {item.name}
          </Text>
          <Text fz="xs" c="dimmed">
            {format.bytes(item.size)}
          </Text>
        </Box>
        <IconDownload size={16} role="img" aria-label={t("attachment.download")} />
      </Group>
    </Anchor>
  );
}
