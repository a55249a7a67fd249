/** What else can be done with a conversation, each with its key. */

import { ActionIcon, Kbd, Menu } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import {
  IconArrowsJoin2,
  IconArrowsSplit2,
  IconBell,
  IconBellOff,
  IconDots,
  IconGavel,
  IconLink,
  IconListCheck,
  IconMailForward,
  IconPlaylistAdd,
  IconShieldX,
  IconTag,
  IconTransfer,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { keyOf, run, useCommand, type Command } from "../../app/commands";
import { useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { PriorityIcon } from "../../ui/Priority";
import { attempt, toastDone } from "../../ui/toast";
import { useSpam } from "../tags/useSpam";
import { mailsChats } from "../letters/mailChat";
import { follow } from "./actions";
import { openDialog } from "./dialogs";

export function MoreMenu({ conversation, phone }: { conversation: Conversation; phone: boolean }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const me = useDeskState((state) => state.agentId);
  const assigns = useMay("conversation.assign");
  const notes = useMay("conversation.note");
  const { id, status } = conversation;
  const running = status !== "merged";
  const following = conversation.follower_ids.includes(me);
  const toggle = () =>
    void attempt(words, () => follow(desk, id, !following)).then(
      (done) => done && toastDone(t(following ? "done.unfollowed" : "done.followed")),
    );
  const tags = useMay("conversation.tag");
  const resolves = useMay("conversation.resolve");
  const replies = useMay("conversation.reply");
  const mails = useDeskState((state) => mailsChats(state, conversation)) && replies && running;
  const { toggleSpam } = useSpam(conversation);
  useCommand("spam", toggleSpam, resolves && running);
  useCommand("follow", toggle, running || following);
  useCommand("transfer", () => openDialog({ what: "transfer", conversation: id }), assigns && notes && running);
  useCommand("ask", () => openDialog({ what: "ask", conversation: id }), notes && running);
  useCommand("merge", () => openDialog({ what: "merge", conversation: id }), assigns && running && status !== "spam");
  useCommand("split", () => openDialog({ what: "split", conversation: id, seq: null }), assigns && running);
  useCommand("mailChat", () => openDialog({ what: "mail", conversation: id }), mails);
  const reviews = useMay("quality.review") && status === "resolved";
  useCommand("spotCheck", () => openDialog({ what: "spot", conversation: id }), reviews);
  useCommand("link", () => openDialog({ what: "link", conversation: id }), notes);
  const item = (command: Command, icon: ReactNode, text: string) => (
    <Menu.Item
      leftSection={icon}
      rightSection={keyOf(command) && <Kbd size="xs">{keyOf(command)}</Kbd>}
      onClick={() => run(command)}
      data-testid={`more-${command}`}
    >
      {text}
    </Menu.Item>
  );
  return (
    <Menu width={270} position="bottom-end">
      <Menu.Target>
        <ActionIcon variant={phone ? "subtle" : "default"} size={phone ? 40 : "lg"} aria-label={t("together.more")} data-testid="more">
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(running || following) &&
          item("follow", following ? <IconBellOff size={17} /> : <IconBell size={17} />, t(following ? "together.unfollow" : "together.follow"))}
        {assigns && notes && running && item("transfer", <IconTransfer size={17} />, t("together.transfer"))}
        {notes && running && item("ask", <IconGavel size={17} />, t("together.ask"))}
        {notes && item("checklist", <IconListCheck size={17} />, t("checklist.open"))}
        {phone && tags && item("tag", <IconTag size={17} />, t("action.tag"))}
        {assigns && running && item("priority", <PriorityIcon priority={2} size={17} />, t("priority.label"))}
        {resolves && running && item("spam", <IconShieldX size={17} />, t(status === "spam" ? "action.notSpam" : "action.spam"))}
        {mails && item("mailChat", <IconMailForward size={17} />, t("mailChat.open"))}
        <Menu.Divider />
        {assigns && running && status !== "spam" && item("merge", <IconArrowsJoin2 size={17} />, t("together.merge"))}
        {assigns && running && item("split", <IconArrowsSplit2 size={17} />, t("together.split"))}
        {notes && item("link", <IconLink size={17} />, t("together.link"))}
        {reviews && item("spotCheck", <IconPlaylistAdd size={17} />, t("keys.spotCheck"))}
      </Menu.Dropdown>
    </Menu>
  );
}
