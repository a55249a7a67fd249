/** A person's picture or initial, with a dot for presence; the dot is also told in words. */

import { Avatar, Indicator, type MantineSize } from "@mantine/core";
import type { Presence } from "@sonnim/protocol";
import { useT } from "../app/i18n";

const DOTS: Record<Presence, string> = { online: "#2E9E6B", away: "#C9A227", offline: "#9AA29D" };

interface Props {
  name: string;
  url?: string | null | undefined;
  color?: string | undefined;
  presence?: Presence | undefined;
  size?: number | MantineSize;
  decorative?: boolean;
}

/** One letter for Korean and Chinese names, two for others. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? "?")][0] ?? "?";
  if (/[\u3040-\u9fff\uac00-\ud7af]/.test(first)) return first;
  const second = [...(words[1] ?? "")][0] ?? "";
  return (/\d/.test(second) ? first : first + second).toUpperCase();
}

export function Face({ name, url, color, presence, size = 34, decorative = false }: Props) {
  const t = useT();
  const label = presence ? `${name}, ${t(`presence.${presence}`)}` : name;
  const avatar = (
    <Avatar
      src={url ?? null}
      size={size}
      radius="xl"
      alt={decorative ? "" : label}
      variant={color ? "filled" : "light"}
      {...(color ? { color } : { color: "gray" })}
      autoContrast
      aria-hidden={decorative || undefined}
    >
      {initials(name)}
    </Avatar>
  );
  if (!presence) return avatar;
  return (
    <Indicator inline size={11} offset={4} position="bottom-end" withBorder color={DOTS[presence]} zIndex={1}>
      {avatar}
    </Indicator>
  );
}
