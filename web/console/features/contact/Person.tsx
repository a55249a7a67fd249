/** A contact in a line: the face, the name, how to reach them. */

import { Badge, Group, Text } from "@mantine/core";
import type { Contact } from "@sonnim/protocol";
import { useT } from "../../app/i18n";
import { Face } from "../../ui/Face";

export function Person({ contact }: { contact: Contact }) {
  const t = useT();
  const name = contact.name || t("contact.unnamed", { id: contact.id });
  return (
    <Group gap="sm" wrap="nowrap">
      <Face name={name} size={34} decorative />
      <div style={{ minWidth: 0, flex: 1 }}>
        <Text fz="sm" fw={550} truncate>
          {name}
        </Text>
        <Text fz="xs" c="dimmed" truncate>
          {[contact.email, contact.phone].filter(Boolean).join(" · ") || `#${contact.id}`}
        </Text>
      </div>
      {contact.verified && <Badge>{t("contact.verified")}</Badge>}
    </Group>
  );
}

