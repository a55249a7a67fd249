/** What `/` and `@` offer, above the field; the keys stay in the field. */

import { Box, Group, Loader, Paper, Text, UnstyledButton } from "@mantine/core";
import type { RichDocument } from "@sonnim/protocol";
import { Fragment, useEffect, useImperativeHandle, useMemo, useRef, useState, type ReactNode, type Ref } from "react";
import { useT } from "../../app/i18n";
import { Keys } from "../../ui/KeyTip";
import { useColleagues } from "./colleagues";
import type { Trigger } from "./editor/trigger";
import { useMacroOptions } from "./MacroOptions";
import { useScriptOptions } from "./ScriptOptions";
import type { About } from "./useScripts";

export interface Option {
  id: string;
  /** Stands above the first of those that have the same. */
  group?: string;
  face: (marked: boolean) => ReactNode;
  document: () => RichDocument;
  /** What choosing it does besides. */
  act?: () => void;
  /** Shows another way of saying it, where there is one. */
  turn?: ((by: 1 | -1) => void) | undefined;
}

/** Takes the keys of the field while it is open. */
export interface Chooser {
  key: (event: KeyboardEvent) => boolean;
}

interface Props {
  conversation: About;
  trigger: Trigger;
  onChoose: (document: RichDocument) => void;
  onClose: () => void;
  /** Puts a text where one answers; without it nothing is offered that says something later. */
  onSay?: (text: string) => void;
  ref: Ref<Chooser>;
}

export function Suggestions({ conversation, trigger, onChoose, onClose, onSay, ref }: Props) {
  const t = useT();
  const scripts = useScriptOptions(conversation, trigger.sign === "/" ? trigger.query : null);
  const people = useColleagues(trigger.sign === "@" ? trigger.query : null);
  const macros = useMacroOptions(conversation, trigger.sign === "/" ? trigger.query : null, onSay);
  const options = useMemo(() => (trigger.sign === "/" ? scripts && [...scripts, ...macros] : people), [trigger.sign, scripts, macros, people]);
  const choose = (option: Option) => {
    onChoose(option.document());
    option.act?.();
  };
  const [marked, setMarked] = useState({ query: trigger.query, at: 0 });
  const at = marked.query === trigger.query ? Math.min(marked.at, (options?.length ?? 1) - 1) : 0;
  const list = useRef<HTMLDivElement>(null);
  const byKey = useRef(false);
  useEffect(() => {
    if (byKey.current) list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    byKey.current = false;
  }, [at]);

  useImperativeHandle(ref, () => ({
    key(event) {
      if (event.key === "Escape") {
        onClose();
        return true;
      }
      const chosen = options?.[at];
      if (!options || !chosen || event.ctrlKey || event.metaKey || event.shiftKey) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const side = ({ ArrowRight: 1, ArrowLeft: -1 } as const)[event.key];
      if (step) {
        byKey.current = true;
        setMarked({ query: trigger.query, at: (at + step + options.length) % options.length });
      } else if (side && chosen.turn) chosen.turn(side);
      else if (event.key === "Enter" || event.key === "Tab") choose(chosen);
      else return false;
      return true;
    },
  }));

  // A slash that nothing answers to is a slash.
  if (options && !options.length && trigger.query) return null;
  const title = t(trigger.sign === "/" ? "canned.pick" : "composer.people");
  return (
    <Paper withBorder shadow="md" radius="md" p={6} mb={6} data-testid="suggestions">
      <Group justify="space-between" px={8} pb={4} wrap="nowrap">
        <Text fz="xs" fw={600} c="dimmed">
          {title}
        </Text>
        <Group visibleFrom="sm" gap={6} wrap="nowrap">
          {options?.[at]?.turn && (
            <>
              <Text fz="xs" c="dimmed">
                {t("script.turn")}
              </Text>
              <Keys keys="← →" />
            </>
          )}
          <Keys keys="↑ ↓ Enter" />
        </Group>
      </Group>
      {!options && <Loader size="xs" m={8} />}
      {options && !options.length && (
        <Text fz="sm" c="dimmed" px={8} py={4}>
          {t(trigger.sign === "/" ? "canned.noneYet" : "list.noMatch")}
        </Text>
      )}
      <Box mah="min(360px, 45vh)" style={{ overflowY: "auto" }}>
        <Box role="listbox" aria-label={title} ref={list}>
          {options?.map((option, n) => (
            <Fragment key={option.id}>
              {option.group && option.group !== options[n - 1]?.group && (
                <Text fz="xs" fw={600} c="dimmed" px={8} pt={n ? 8 : 2} pb={2} role="presentation" data-testid="suggestion-group">
                  {option.group}
                </Text>
              )}
              <UnstyledButton
                role="option"
                aria-selected={n === at}
                w="100%"
                px={8}
                py={6}
                bdrs="sm"
                bg={n === at ? "var(--sonnim-selected)" : undefined}
                // The field keeps the focus, and with it the place where the text goes.
                onMouseDown={(event) => event.preventDefault()}
                onMouseEnter={() => setMarked({ query: trigger.query, at: n })}
                onClick={() => choose(option)}
                data-testid="suggestion"
              >
                {option.face(n === at)}
              </UnstyledButton>
            </Fragment>
          ))}
        </Box>
      </Box>
    </Paper>
  );
}
