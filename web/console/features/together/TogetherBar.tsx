/** Under the head: that it goes on elsewhere, what is to be done, what it hangs together with, what waits for a decision. */

import { ActionIcon, Alert, Badge, Button, Group, Popover, Stack, UnstyledButton } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconArrowsJoin2, IconLink, IconListCheck, IconX } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import { useCommand } from "../../app/commands";
import { useContact, useConversation, useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { attempt, toastDone } from "../../ui/toast";
import { readTogether, seeMentions, unlink, unmerge } from "./actions";
import { Checklist } from "./Checklist";
import { makeOpenIn } from "./deciding";
import { QuestionCard } from "./QuestionCard";

export function TogetherBar({ conversation }: { conversation: Conversation }) {
  const { id, linked_ids, merged_into_id } = conversation;
  const select = useMemo(() => makeOpenIn(id), [id]);
  const questions = useDeskState(select);
  const list = useDeskState((state) => state.tables.checklists[id]);
  const notes = useMay("conversation.note");
  const [listed, setListed] = useState(false);
  useTogether(id);
  useCommand("checklist", () => setListed(true), notes);
  const items = list?.items ?? [];
  const shows = items.length > 0 || listed;
  if (!shows && !linked_ids.length && !questions.length && merged_into_id === null) return null;
  return (
    <Stack
      gap={8}
      px="md"
      py={8}
      mah="45%"
      style={{ borderBottom: "1px solid var(--sonnim-line)", overflowY: "auto", flexShrink: 0 }}
      data-testid="together"
    >
      {merged_into_id !== null && <Merged conversation={conversation} into={merged_into_id} />}
      {(shows || linked_ids.length > 0) && (
        <Group gap={8}>
          {shows && <ListChip conversation={id} done={items.filter((item) => item.done_at !== null).length} all={items.length} open={listed} onOpen={setListed} />}
          {linked_ids.map((other) => (
            <LinkChip key={other} conversation={id} other={other} removable={notes} />
          ))}
        </Group>
      )}
      {questions.map((question) => (
        <QuestionCard key={question.id} question={question} />
      ))}
    </Stack>
  );
}

/** What stands beside the timeline is read when it comes on the screen; that I was named here has then been seen. */
function useTogether(id: number): void {
  const desk = useDesk();
  const known = useDeskState((state) => state.tables.checklists[id] !== undefined);
  const ready = useDeskState((state) => state.ready && state.link === "live");
  const named = useDeskState((state) =>
    Object.values(state.tables.mentions).some((mention) => mention.conversation_id === id && !mention.seen),
  );
  useEffect(() => {
    // It is beside the talk, not in it: the next time that the line comes back it is read again.
    if (!known && ready) readTogether(desk, id).catch(() => undefined);
  }, [desk, id, known, ready]);
  useEffect(() => {
    if (!named || !ready) return undefined;
    const look = () => {
      if (document.visibilityState === "visible" && document.hasFocus()) seeMentions(desk, id).catch(() => undefined);
    };
    look();
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [desk, id, named, ready]);
}

function Merged({ conversation, into }: { conversation: Conversation; into: number }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const [, go] = useLocation();
  const may = useMay("conversation.assign");
  const part = () =>
    void attempt(words, () => unmerge(desk, conversation.id)).then((done) => done && toastDone(t("done.unmerged")));
  return (
    <Alert p="xs" color="celadon" icon={<IconArrowsJoin2 size={18} />} title={t("merge.gone", { id: into })} data-testid="merged">
      <Group gap={8}>
        <Button size="compact-sm" onClick={() => go(`/inbox/all/${into}`)} data-testid="merged-open">
          {t("merge.open")}
        </Button>
        {may && (
          <Button size="compact-sm" variant="default" onClick={part} data-testid="unmerge">
            {t("merge.undo")}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

interface ListChipProps {
  conversation: number;
  done: number;
  all: number;
  open: boolean;
  onOpen: (open: boolean) => void;
}

function ListChip({ conversation, done, all, open, onOpen }: ListChipProps) {
  const { t } = useWords();
  return (
    <Popover opened={open} onChange={onOpen} width={320} position="bottom-start" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Badge
          component="button"
          size="lg"
          variant={all > 0 && done === all ? "light" : "default"}
          leftSection={<IconListCheck size={15} aria-hidden="true" />}
          onClick={() => onOpen(!open)}
          style={{ cursor: "pointer" }}
          data-testid="checklist-chip"
        >
          {all ? t("checklist.progress", { done, all }) : t("checklist.title")}
        </Badge>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("checklist.title")}>
        <Checklist conversation={conversation} />
      </Popover.Dropdown>
    </Popover>
  );
}

function LinkChip({ conversation, other, removable }: { conversation: number; other: number; removable: boolean }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const contact = useContact(useConversation(other)?.contact_id);
  const name = contact?.name ? ` · ${contact.name}` : "";
  return (
    <Badge
      size="lg"
      variant="default"
      leftSection={<IconLink size={14} aria-hidden="true" />}
      rightSection={
        removable && (
          <ActionIcon
            size={18}
            aria-label={`${t("link.remove")} #${other}`}
            onClick={() => void attempt(words, () => unlink(desk, conversation, other))}
          >
            <IconX size={12} />
          </ActionIcon>
        )
      }
      data-testid={`linked-${other}`}
    >
      <UnstyledButton component={Link} to={`/inbox/all/${other}`} fz="inherit" aria-label={t("together.linkedWith", { id: other })}>
        #{other}
        {name}
      </UnstyledButton>
    </Badge>
  );
}
