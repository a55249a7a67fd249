/** One conversation: its head with what can be done, the timeline, the composer. */

import { Box, Stack, Text } from "@mantine/core";
import { IconGhost } from "@tabler/icons-react";
import { useDeferredValue, useEffect, useRef, type ReactNode } from "react";
import { useConversation, useDesk, useDeskState } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { Composer } from "../composer/Composer";
import { Collision } from "../together/Collision";
import { TogetherDialogs } from "../together/Dialogs";
import { TogetherBar } from "../together/TogetherBar";
import { ConversationHead } from "./ConversationHead";
import { Timeline } from "./Timeline";

interface Props {
  id: number;
  phone: boolean;
  onBack: () => void;
  onPanel: (() => void) | undefined;
}

export function ConversationView({ id, phone, onBack, onPanel }: Props) {
  const t = useT();
  const desk = useDesk();
  const conversation = useConversation(id);
  const status = useDeskState((state) => state.timelines[id]?.status);
  useSeen(id);
  if (status === "error" && conversation) return <Failed onRetry={() => void desk.openConversation(id)} />;
  if (status === "error") {
    return (
      <Empty icon={<IconGhost size={26} stroke={1.6} />} title={t("conversation.missing")}>
        {t("conversation.missingHint")}
      </Empty>
    );
  }
  if (!conversation) return <RowSkeletons count={5} />;
  return (
    <Stack gap={0} h="100%" component="section" aria-label={t("conversation.label")}>
      <ConversationHead conversation={conversation} phone={phone} onBack={onBack} onPanel={onPanel} />
      {phone && conversation.subject && (
        <Text px="md" py={6} fz="sm" fw={550} truncate dir="auto" bg="var(--sonnim-panel)" style={{ borderBottom: "1px solid var(--sonnim-line)" }} data-testid="conversation-subject">
          {conversation.subject}
        </Text>
      )}
      <TogetherBar conversation={conversation} />
      {status === "ready" ? <Timeline key={id} conversation={conversation} /> : <RowSkeletons count={5} />}
      {conversation.status !== "merged" && (
        <Below>
          <Collision conversation={conversation} />
          <Composer conversation={conversation} phone={phone} />
        </Below>
      )}
      <TogetherDialogs conversation={conversation} />
    </Stack>
  );
}

let usual = 150;

/** The talk is painted first, what writes into it a moment later, in a place as high as it was last time. */
function Below({ children }: { children: ReactNode }) {
  const ready = useDeferredValue(true, false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (ready && box.current) usual = box.current.offsetHeight;
  }, [ready]);
  return (
    <Box ref={box} mih={ready ? undefined : usual} style={{ flexShrink: 0 }}>
      {ready && children}
    </Box>
  );
}

/** Tells the shopper's side that the desk has read this, as soon as somebody really looks. */
function useSeen(id: number): void {
  const desk = useDesk();
  const conversation = useConversation(id);
  const loaded = useDeskState((state) => state.timelines[id]?.status === "ready");
  const live = useDeskState((state) => state.link === "live");
  const last = conversation?.last_seq ?? 0;
  const unseen = loaded && live && conversation !== undefined && conversation.desk_seen_seq < last;
  useEffect(() => {
    if (!unseen) return undefined;
    const look = () => {
      if (document.visibilityState === "visible" && document.hasFocus()) desk.seen(id, last);
    };
    look();
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [desk, id, last, unseen]);
}
