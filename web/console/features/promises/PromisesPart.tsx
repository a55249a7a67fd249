/** In the panel beside a conversation: what was promised in it and is still to be kept. */

import { ActionIcon, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { serverNow } from "../../app/api";
import { useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { KeyTip } from "../../ui/KeyTip";
import { toastDone } from "../../ui/toast";
import { Part } from "../contact/Field";
import { PromiseRow } from "./PromiseRow";
import { make, makeOpenIn, readIn } from "./promises";

const PromiseDialog = lazy(() => import("./PromiseDialog"));
const HOUR = 3_600_000;

export function PromisesPart({ conversation }: { conversation: number }) {
  const t = useT();
  const desk = useDesk();
  const may = useMay("conversation.reply");
  const ready = useDeskState((state) => state.ready && state.link === "live");
  const promises = useDeskState(useMemo(() => makeOpenIn(conversation), [conversation]));
  const [adding, setAdding] = useState(false);
  useEffect(() => {
    // It is beside the talk, not in it: the next time that the line comes back it is read again.
    if (ready) readIn(desk, conversation).catch(() => undefined);
  }, [desk, conversation, ready]);
  const add = may && (
    <KeyTip label={t("promise.add")}>
      <ActionIcon size="sm" aria-label={t("promise.add")} onClick={() => setAdding(true)} data-testid="promise-add">
        <IconPlus size={15} />
      </ActionIcon>
    </KeyTip>
  );
  return (
    <Part title={t("promise.titles")} action={add}>
      {promises.length ? (
        <Stack component="ul" gap={8} m={0} px={6} style={{ listStyle: "none" }} data-testid="promises">
          {promises.map((promise) => (
            <PromiseRow key={promise.id} promise={promise} />
          ))}
        </Stack>
      ) : (
        <Text fz="sm" c="dimmed" px={6}>
          {t("promise.none")}
        </Text>
      )}
      {adding && (
        <Suspense>
          <PromiseDialog
            act="call"
            due={new Date(serverNow() + HOUR).toISOString()}
            action={t("promise.keep")}
            onAct={(wanted) => make(desk, conversation, null, wanted)}
            onDone={() => toastDone(t("promise.noted"))}
            onClose={() => setAdding(false)}
          />
        </Suspense>
      )}
    </Part>
  );
}
