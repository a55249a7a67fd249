/** Where a form stands: its own page, and the tag for the store's pages. */

import { Modal, Stack, Text, Title } from "@mantine/core";
import { useT } from "../../../app/i18n";
import { Copyable } from "../../../ui/Copyable";
import { scriptTag } from "../../../ui/scriptTag";
import type { Form } from "./form";

export function ShareDialog({ form, onClose }: { form: Form; onClose: () => void }) {
  const t = useT();
  const address = `${location.origin}/forms/${form.key}`;
  return (
    <Modal opened onClose={onClose} size="lg" title={form.name} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack gap="lg">
        <Stack gap={6}>
          <Title order={3} fz="sm">
            {t("forms.address")}
          </Title>
          <Text fz="sm" c="dimmed">
            {t("forms.addressHint")}
          </Text>
          <Copyable value={address} testid="form-page" />
        </Stack>
        <Stack gap={6}>
          <Title order={3} fz="sm">
            {t("forms.tag")}
          </Title>
          <Text fz="sm" c="dimmed">
            {t("forms.tagHint")}
          </Text>
          <Copyable value={scriptTag(`/forms/${form.key}.js`)} testid="form-tag" />
        </Stack>
      </Stack>
    </Modal>
  );
}
