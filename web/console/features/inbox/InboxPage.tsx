/** The inbox: list, conversation, contact beside each other; on a phone one at a time. */

import { Box, Drawer, Flex } from "@mantine/core";
import { IconMessageCircleHeart } from "@tabler/icons-react";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { Redirect, useLocation } from "wouter";
import { useCommand } from "../../app/commands";
import { useConversation, useDesk, useDeskState } from "../../app/desk/context";
import { isList } from "../../app/desk/queues";
import { useT } from "../../app/i18n";
import { useIsNarrow, useIsPhone } from "../../app/viewport";
import { Empty } from "../../ui/States";
import { ContactPanel } from "../contact/ContactPanel";
import { ConversationView } from "../timeline/ConversationView";
import { ConversationList } from "./ConversationList";

interface Props {
  queue: string;
  conversation: number | null;
}

export function InboxPage({ queue, conversation }: Props) {
  const t = useT();
  const desk = useDesk();
  const [, go] = useLocation();
  const phone = useIsPhone();
  const narrow = useIsNarrow();
  const [panelOf, setPanelOf] = useState<number | null>(null);
  const ready = useDeskState((state) => state.ready);
  const contactId = useConversation(conversation)?.contact_id;
  // The talk is painted first, who it is with a moment later.
  const shownContact = useDeferredValue(contactId);
  const shownConversation = useDeferredValue(conversation);
  const beside = useMemo(
    () =>
      shownContact === undefined ? null : (
        <ContactPanel key={shownContact} id={shownContact} conversation={shownConversation} queue={queue} />
      ),
    [shownContact, shownConversation, queue],
  );
  useCommand("close", () => go(`/inbox/${queue}`), conversation !== null);

  useEffect(() => {
    desk.watch(conversation);
    if (conversation !== null) void desk.openConversation(conversation);
  }, [desk, conversation, ready]);

  if (!isList(queue)) return <Redirect to="/inbox/waiting" replace />;
  const list = (
    <ConversationList
      key={queue}
      list={queue}
      selected={conversation}
      phone={phone}
      onOpen={(id) => go(`/inbox/${queue}/${id}`)}
    />
  );
  const view = conversation !== null && (
    <ConversationView
      key={conversation}
      id={conversation}
      phone={phone}
      onBack={() => go(`/inbox/${queue}`)}
      onPanel={narrow ? () => setPanelOf(conversation) : undefined}
    />
  );
  return (
    <>
      {phone ? (
        view || list
      ) : (
        <Flex h="100%">
          <Box w={{ sm: 300, xl: 350 }} miw={{ sm: 300, xl: 350 }} style={{ borderInlineEnd: "1px solid var(--sonnim-line)" }}>
            {list}
          </Box>
          <Box flex={1} miw={0}>
            {view || (
              <Empty icon={<IconMessageCircleHeart size={26} stroke={1.6} />} title={t("inbox.none")}>
                {t("inbox.noneHint")}
              </Empty>
            )}
          </Box>
          {!narrow && contactId !== undefined && (
            <Box w={326} miw={326} style={{ borderInlineStart: "1px solid var(--sonnim-line)" }}>
              {beside}
            </Box>
          )}
        </Flex>
      )}
      <Drawer
        opened={narrow && contactId !== undefined && panelOf === conversation}
        onClose={() => setPanelOf(null)}
        position="right"
        size={phone ? "100%" : 360}
        title={t("contact.title")}
        padding={0}
        closeButtonProps={{ "aria-label": t("common.close"), me: "md" }}
        styles={{ header: { paddingInlineStart: 16 } }}
      >
        {contactId !== undefined && (
          <ContactPanel key={contactId} id={contactId} conversation={conversation} queue={queue} />
        )}
      </Drawer>
    </>
  );
}
