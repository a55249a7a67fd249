/** One way of saying a script: the text, how it will be read, and what became of it so far. */

import { ActionIcon, Box, Button, Group, Loader, Menu, Stack, Text, Textarea } from "@mantine/core";
import type { Locale, ScriptVariant } from "@sonnim/protocol";
import type { Editor } from "@tiptap/core";
import { IconBraces, IconX } from "@tabler/icons-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useDeskState } from "../../../app/desk/context";
import { LANGUAGE_NAMES, useWords } from "../../../app/i18n";
import type { Content } from "../../composer/content";
import type { Writer } from "../../composer/field";
import { fillText, VARIABLES } from "../../composer/fill";
import { loadEditor } from "../../composer/loadEditor";
import { Toolbar } from "../../composer/Toolbar";
import { MAX_GREETING, type Way } from "./drafting";

const RichEditor = lazy(loadEditor);
const nothing = () => undefined;
/** What the chat knows before anybody has said anything. */
const OF_GREETINGS = ["contact.name", "shop.name"] as const;

interface Props {
  way: Way;
  place: number;
  locale: Locale;
  /** Whether the chat says it by itself: without formats, and short. */
  automatic: boolean;
  counts: ScriptVariant | undefined;
  onWrite: (said: Pick<Content, "text" | "rich">) => void;
  onRemove: (() => void) | null;
}

export function VariantField({ way, place, locale, automatic, counts, onWrite, onRemove }: Props) {
  const { t } = useWords();
  const field = useRef<Writer>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const label = t("scripts.way", { place, language: LANGUAGE_NAMES[locale] });
  const put = (name: string) => {
    const written = asWritten(name, t("scripts.nameless"));
    if (automatic) onWrite({ text: `${way.text}${written}`, rich: null });
    else field.current?.put([{ type: "paragraph", content: [{ type: "text", text: written }] }]);
  };
  return (
    <Box bd="1px solid var(--sonnim-line)" bdrs="md" p={8} data-testid="variant">
      <Group justify="space-between" wrap="nowrap" mb={4}>
        <Text fz="xs" fw={600} c="dimmed">
          {label}
        </Text>
        <Group gap={4} wrap="nowrap">
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-xs" variant="default" leftSection={<IconBraces size={14} />} data-testid="canned-variable">
                {t("canned.variable")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {(automatic ? OF_GREETINGS : VARIABLES).map((name) => (
                <Menu.Item key={name} onClick={() => put(name)} data-testid={`variable-${name}`}>
                  {t(`variable.${name}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          {onRemove && (
            <ActionIcon size="sm" aria-label={t("scripts.removeWay", { place })} onClick={onRemove} data-testid="variant-remove">
              <IconX size={15} />
            </ActionIcon>
          )}
        </Group>
      </Group>
      {automatic ? (
        <Textarea
          variant="unstyled"
          autosize
          minRows={2}
          maxLength={MAX_GREETING}
          lang={locale}
          value={way.text}
          aria-label={label}
          placeholder={t("canned.placeholder")}
          onChange={(event) => onWrite({ text: event.currentTarget.value, rich: null })}
          data-testid="variant-text"
        />
      ) : (
        <>
          {editor?.isFocused && <Toolbar editor={editor} />}
          <Suspense fallback={<Loader size="sm" m="md" />}>
            <RichEditor
              ref={field}
              begin={null}
              content={way}
              label={label}
              placeholder={t("canned.placeholder")}
              disabled={false}
              phone
              onWrite={onWrite}
              onEnter={nothing}
              onKey={() => false}
              onTrigger={nothing}
              onBlur={nothing}
              onEditor={setEditor}
            />
          </Suspense>
        </>
      )}
      <Stack gap={2} mt={6}>
        <Reads text={way.text} />
        {counts && counts.used > 0 && (
          <Text fz="xs" c="dimmed" data-testid="variant-counts">
            {t("scripts.counts", { used: counts.used, answered: counts.answered, resolved: counts.resolved, solved: counts.solved })}
          </Text>
        )}
      </Stack>
    </Box>
  );
}

/** With names in the place of variables; nothing where there are none. */
function Reads({ text }: { text: string }) {
  const { t } = useWords();
  const shop = useDeskState((state) => state.shop.name);
  const agent = useDeskState((state) => state.tables.agents[state.agentId]?.name ?? "");
  const contact = { name: t("scripts.sampleName"), email: "jiwoo@mail.example", phone: "010-5550-0123", attributes: {} };
  const read = fillText(text, { contact, agent, shop, conversation: 128 });
  if (read === text) return null;
  return (
    <Text fz="xs" c="dimmed" style={{ whiteSpace: "pre-line" }} data-testid="variant-reads">
      {t("scripts.reads")} {read}
    </Text>
  );
}

/** A name is missing more often than not, so that it comes with a word to say instead. */
function asWritten(name: string, nameless: string): string {
  return name === "contact.name" ? `{{${name}|${nameless}}}` : `{{${name}}}`;
}
