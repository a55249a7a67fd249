/** The browsers that take my pushes; this one can be added and taken away. */

import { ActionIcon, Alert, Button, Divider, Group, Stack, Switch, Text, Title } from "@mantine/core";
import { IconDeviceDesktop, IconInfoCircle, IconTrash } from "@tabler/icons-react";
import { useCallback, useEffect, useState } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { attempt, toastDone } from "../../ui/toast";
import { isOn, readDevices, switchOff, switchOn, whyNot, type Device } from "./push";

export function DeviceList() {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const [devices, setDevices] = useState<Device[]>([]);
  const [on, setOn] = useState(() => isOn(desk.base));
  const [busy, setBusy] = useState(false);
  const [no, setNo] = useState(whyNot);
  const read = useCallback(
    () => attempt(words, async () => setDevices((await readDevices(desk.base)).items)),
    [desk, words],
  );
  useEffect(() => void read(), [read]);

  const toggle = async (next: boolean) => {
    setBusy(true);
    const done = await attempt(words, async () => {
      if (next) setOn(await switchOn(desk.base));
      else await switchOff(desk.base).then(() => setOn(false));
    });
    setNo(whyNot());
    setBusy(false);
    if (done) await read();
  };
  return (
    <Stack gap="sm">
      <Divider color="var(--sonnim-line)" />
      <Title order={2} fz="md">
        {t("push.title")}
      </Title>
      <Switch
        checked={on && !no}
        disabled={busy || no !== null}
        onChange={(event) => void toggle(event.currentTarget.checked)}
        label={t("push.here")}
        description={t("push.hint")}
        data-testid="push-here"
      />
      {no && (
        <Alert icon={<IconInfoCircle size={18} />} color="gray" variant="light" data-testid="push-why-not">
          {t(`push.no.${no}`)}
        </Alert>
      )}
      {devices.map((device) => (
        <Known key={device.id} device={device} onGone={() => void read()} />
      ))}
      {devices.length > 0 && (
        <Group>
          <Button
            variant="default"
            size="xs"
            onClick={() =>
              void attempt(words, () => api.post(`${desk.base}/notifications/devices/trial`)).then(
                (done) => done && toastDone(t("push.tried")),
              )
            }
            data-testid="push-trial"
          >
            {t("push.try")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Known({ device, onGone }: { device: Device; onGone: () => void }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const format = useFormat();
  const forget = () =>
    void attempt(words, () => api.post(`${desk.base}/notifications/devices/forget`, { ids: [device.id] })).then(onGone);
  const name = device.label || t("push.unnamed");
  return (
    <Group justify="space-between" wrap="nowrap" data-testid="push-device">
      <Group gap="sm" wrap="nowrap" miw={0}>
        <IconDeviceDesktop size={18} stroke={1.6} aria-hidden="true" />
        <Text fz="sm" truncate>
          {name}
        </Text>
        <Text fz="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {format.stamp(device.created_at)}
        </Text>
      </Group>
      <ActionIcon variant="subtle" aria-label={t("push.forget", { name })} onClick={forget}>
        <IconTrash size={17} />
      </ActionIcon>
    </Group>
  );
}
