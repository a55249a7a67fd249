/** A channel's icon by the name that the channel gives it. */

import { IconForms, IconMail, IconMessageCircle, IconPhone, type TablerIcon } from "@tabler/icons-react";

const ICONS: Record<string, TablerIcon> = {
  forms: IconForms,
  mail: IconMail,
  "message-circle": IconMessageCircle,
  phone: IconPhone,
};

export function ChannelIcon({ name, label }: { name: string | undefined; label: string }) {
  const Icon = ICONS[name ?? ""] ?? IconMessageCircle;
  return (
    <Icon size={13} stroke={1.8} color="var(--mantine-color-dimmed)" role="img" aria-label={label} style={{ flexShrink: 0 }} />
  );
}
