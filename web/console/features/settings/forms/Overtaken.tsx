/** Somebody else has saved the form while it was open here: look at theirs, or keep one's own. */

import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useT } from "../../../app/i18n";

interface Props {
  busy: boolean;
  onTheirs: () => void;
  onMine: () => void;
}

export function Overtaken({ busy, onTheirs, onMine }: Props) {
  const t = useT();
  return (
    <Alert color="gray" icon={<IconUsers size={18} />} title={t("forms.overtaken")} role="alert" data-testid="form-overtaken">
      <Stack gap="sm">
        <Text fz="sm">{t("forms.overtakenText")}</Text>
        <Group gap="sm">
          <Button size="compact-sm" variant="default" onClick={onTheirs} data-testid="form-theirs">
            {t("forms.takeTheirs")}
          </Button>
          <Button size="compact-sm" loading={busy} onClick={onMine} data-testid="form-mine">
            {t("forms.keepMine")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
