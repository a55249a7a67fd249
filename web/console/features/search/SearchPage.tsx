/** Search in everything that was said, and in whom it was said with; results come as one types. */

import { Button, Center, CloseButton, Group, Kbd, Loader, ScrollArea, Stack, Text, TextInput, Title, VisuallyHidden } from "@mantine/core";
import { IconSearch, IconZoomQuestion } from "@tabler/icons-react";
import { useRef, useState, type KeyboardEvent } from "react";
import { useLocation, useSearch } from "wouter";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { useIsPhone } from "../../app/viewport";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { Filters } from "./Filters";
import { ContactRow, Message } from "./Hits";
import { addressOf, questionOf, type Question } from "./question";
import { useResults } from "./useResults";

export default function SearchPage() {
  const t = useT();
  const phone = useIsPhone();
  const [, go] = useLocation();
  const [question, setQuestion] = useState(questionOf(useSearch()));
  const found = useResults(question);
  const rows = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);

  const change = (changed: Partial<Question>) => {
    const next = { ...question, ...changed };
    setQuestion(next);
    go(addressOf(next), { replace: true });
  };
  const links = () => [...(rows.current?.querySelectorAll<HTMLElement>("a") ?? [])];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const at = links().indexOf(document.activeElement as HTMLElement);
    if (event.key === "ArrowDown") links()[at + 1]?.focus();
    else if (event.key === "ArrowUp" && at >= 0) (links()[at - 1] ?? input.current)?.focus();
    else if (event.key === "Enter" && event.target === input.current) links()[0]?.click();
    else return;
    event.preventDefault();
  };
  const asks = question.q.trim() !== "";
  return (
    <Stack h="100%" gap={0} onKeyDown={onKeyDown}>
      <Stack gap={10} px="md" pt={{ base: "md", sm: "lg" }} pb="sm" w="100%" maw={860} mx="auto">
        <Title order={1} fz="1.25rem">
          {t("search.title")}
        </Title>
        <TextInput
          ref={input}
          size="md"
          autoFocus={!phone}
          type="search"
          maxLength={200}
          leftSection={<IconSearch size={18} aria-hidden="true" />}
          rightSection={asks && <CloseButton size="sm" aria-label={t("search.clear")} onClick={() => change({ q: "" })} />}
          placeholder={t("search.placeholder")}
          aria-label={t("search.title")}
          value={question.q}
          onChange={(event) => change({ q: event.currentTarget.value })}
          data-testid="search-input"
        />
        <Filters question={question} onChange={change} />
      </Stack>
      <ScrollArea flex={1} mih={0} type="auto" style={{ borderTop: "1px solid var(--sonnim-line)" }}>
        <Stack gap={0} w="100%" maw={860} mx="auto" ref={rows} aria-busy={found.busy} data-testid="search-results">
          {asks ? <Results question={question} found={found} /> : <Hint />}
        </Stack>
      </ScrollArea>
    </Stack>
  );
}

function Hint() {
  const t = useT();
  const phone = useIsPhone();
  return (
    <Empty icon={<IconSearch size={26} stroke={1.6} />} title={t("search.hintTitle")}>
      {t("search.hint")}
      {!phone && (
        <Group component="span" gap={6} justify="center" mt="sm" display="flex">
          <Kbd size="xs">↓</Kbd>
          <Kbd size="xs">↑</Kbd>
          <Text span fz="xs">
            {t("search.keysHint")}
          </Text>
        </Group>
      )}
    </Empty>
  );
}

function Results({ question, found }: { question: Question; found: ReturnType<typeof useResults> }) {
  const t = useT();
  const format = useFormat();
  const { results, failed, busy, more, retry } = found;
  if (failed) return <Failed onRetry={retry} />;
  if (!results) return <RowSkeletons count={5} />;
  const count = results.messages.length + results.hits.length;
  return (
    <>
      <VisuallyHidden role="status">{busy ? "" : t("search.found", { count })}</VisuallyHidden>
      {results.messages.map((hit) => (
        <Message key={hit.id} hit={hit} />
      ))}
      {results.hits.map((hit) => (
        <ContactRow key={hit.contact_id} hit={hit} />
      ))}
      {!count && !results.next && (
        <Empty icon={<IconZoomQuestion size={26} stroke={1.6} />} title={t("search.none", { q: question.q.trim() })}>
          {t("search.noneHint")}
        </Empty>
      )}
      {results.next && (
        <Center p="md">
          <Stack gap={6} align="center">
            {results.upto && !count && (
              <Text fz="sm" c="dimmed">
                {t("search.upto", { day: format.stamp(results.upto) })}
              </Text>
            )}
            <Button variant="light" onClick={more} disabled={busy} leftSection={busy && <Loader size={14} />} data-testid="search-more">
              {t("search.more")}
            </Button>
          </Stack>
        </Center>
      )}
    </>
  );
}
