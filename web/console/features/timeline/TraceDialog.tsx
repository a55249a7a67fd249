/** How a line was worded before, each wording with when it was replaced. */

import { Divider, Loader, Modal, Stack, Text } from "@mantine/core";
import { richOf, type Entry } from "@sonnim/protocol";
import { useEffect, useState } from "react";
import { useDesk, useDeskState } from "../../app/desk/context";
import { revisionsOf, type Revision } from "../../app/desk/wording";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { Linked } from "../../ui/Linked";
import { Failed } from "../../ui/States";
import { RichText } from "./RichText";

export default function TraceDialog({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { t } = useWords();
  const desk = useDesk();
  const format = useFormat();
  const agents = useDeskState((state) => state.tables.agents);
  const [found, setFound] = useState<Revision[] | "failed" | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let gone = false;
    revisionsOf(desk, entry).then(
      (items) => !gone && setFound(items),
      () => !gone && setFound("failed"),
    );
    return () => {
      gone = true;
    };
  }, [desk, entry, tries]);
  const nameOf = (id: number) => agents[id]?.name ?? t("event.someone");
  return (
    <Modal opened onClose={onClose} size="lg" title={t("trace.title")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack gap="sm" pt="sm" data-testid="trace">
        {found === null && <Loader type="dots" aria-label={t("common.loading")} />}
        {found === "failed" && <Failed onRetry={() => setTries(tries + 1)} />}
        {Array.isArray(found) && (
          <>
            <Wording label={t("trace.now")} text={entry.text} data={entry.data as Record<string, unknown>} />
            {[...found].reverse().map((each) => (
              <Stack key={each.n} gap="sm">
                <Divider />
                <Wording label={t("trace.until", { time: format.stamp(each.at), who: nameOf(each.by_id) })} text={each.text} data={each.data} />
              </Stack>
            ))}
          </>
        )}
      </Stack>
    </Modal>
  );
}

function Wording({ label, text, data }: { label: string; text: string; data: Record<string, unknown> }) {
  const rich = richOf({ data });
  return (
    <div>
      <Text fz="xs" c="dimmed" mb={2}>
        {label}
      </Text>
      <Text component="div" fz="sm" dir="auto" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} data-testid="wording">
        {rich ? <RichText document={rich} /> : <Linked text={text} />}
      </Text>
    </div>
  );
}
