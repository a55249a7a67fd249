/** Noting that two conversations belong together, whoever they are with. */

import { NumberInput } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { useState } from "react";
import { useDesk } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { toastDone } from "../../ui/toast";
import { link, readTogether } from "./actions";
import { ConversationChoice, useOthers } from "./Choice";
import { Frame } from "./Frame";

interface Props {
  conversation: Conversation;
  onClose: () => void;
}

export default function LinkDialog({ conversation, onClose }: Props) {
  const t = useT();
  const desk = useDesk();
  const { id, linked_ids } = conversation;
  const others = useOthers(conversation);
  const [other, setOther] = useState<number | null>(null);
  const free = others && others.filter((each) => !linked_ids.includes(each.id));
  return (
    <Frame
      title={t("link.title")}
      text={t("link.text")}
      action={t("link.act")}
      ready={other !== null && other !== id}
      testid="link"
      onAct={async () => {
        await link(desk, id, other ?? 0);
        await readTogether(desk, id); // the other one's name
      }}
      onDone={() => toastDone(t("done.linked"))}
      onClose={onClose}
    >
      <NumberInput
        label={t("link.number")}
        description={t("link.numberHint")}
        prefix="#"
        hideControls
        allowDecimal={false}
        min={1}
        value={other ?? ""}
        onChange={(value) => setOther(typeof value === "number" && value > 0 ? value : null)}
        data-autofocus
        data-testid="link-number"
      />
      {free !== null && free.length > 0 && (
        <ConversationChoice label={t("contact.history")} empty="" items={free} value={other} onChange={setOther} />
      )}
    </Frame>
  );
}
