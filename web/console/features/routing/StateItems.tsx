/** The items of my menu that say whether I take conversations, and if not, why. */

import { Menu, TextInput } from "@mantine/core";
import { IconDots, IconMoon, IconPower, IconUserCircle } from "@tabler/icons-react";
import { useState } from "react";
import { useT } from "../../app/i18n";
import { FormDialog } from "../../ui/FormDialog";
import { REASONS } from "./standing";
import type { Change, MyState } from "./useMyState";

interface Props {
  state: MyState;
  change: Change;
  onOther: () => void;
}

export function StateItems({ state, change, onOther }: Props) {
  const t = useT();
  return (
    <>
      {state === "online" ? (
        <Menu.Item leftSection={<IconMoon size={16} />} onClick={() => change("away")} data-testid="availability">
          {t("me.goAway")}
        </Menu.Item>
      ) : (
        <Menu.Item leftSection={<IconUserCircle size={16} />} onClick={() => change("online")} data-testid="availability">
          {t("me.comeBack")}
        </Menu.Item>
      )}
      <Menu.Sub>
        <Menu.Sub.Target>
          <Menu.Sub.Item leftSection={<IconDots size={16} />} data-testid="away-reasons">
            {t("away.because")}
          </Menu.Sub.Item>
        </Menu.Sub.Target>
        <Menu.Sub.Dropdown>
          {REASONS.map((reason) => (
            <Menu.Item key={reason} onClick={() => change("away", reason)} data-testid={`away-${reason}`}>
              {t(`away.${reason}`)}
            </Menu.Item>
          ))}
          <Menu.Item onClick={onOther} data-testid="away-other">
            {t("away.write")}
          </Menu.Item>
        </Menu.Sub.Dropdown>
      </Menu.Sub>
      {state !== "offline" && (
        <Menu.Item leftSection={<IconPower size={16} />} onClick={() => change("offline")} data-testid="go-offline">
          {t("away.offline")}
        </Menu.Item>
      )}
    </>
  );
}

/** Why, in one's own words. */
export function OtherReason({ change, onClose }: { change: Change; onClose: () => void }) {
  const t = useT();
  const [note, setNote] = useState("");
  const save = async () => {
    change("away", "other", note.trim());
    onClose();
  };
  return (
    <FormDialog name="away" title={t("away.because")} onClose={onClose} onSave={save} ready={note.trim() !== ""}>
      <TextInput
        label={t("away.note")}
        maxLength={80}
        data-autofocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-testid="away-note"
      />
    </FormDialog>
  );
}
