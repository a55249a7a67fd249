/** The palette: every action of this screen, every place, conversations and contacts, by typing. */

import { Box, Group, Modal, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useT } from "../../app/i18n";
import { Keys } from "../../ui/KeyTip";
import { useChoices, type Choice } from "./choices";

export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <Modal.Root opened onClose={onClose} size={620} yOffset="12dvh" transitionProps={{ duration: 80 }} padding={0}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label={t("palette.title")}>
        <Finder onClose={onClose} />
      </Modal.Content>
    </Modal.Root>
  );
}

function Finder({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const viewport = useRef<HTMLDivElement>(null);
  const groups = useChoices(query);
  const flat = useMemo(() => groups.flatMap((group) => group.choices), [groups]);
  const chosen = flat[Math.min(at, flat.length - 1)];

  useEffect(() => {
    viewport.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [chosen?.id]);

  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    // The palette gives the focus back first; an action that moves the focus must come after that.
    setTimeout(choice.run, 30);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((now) => (Math.min(now, flat.length - 1) + step + flat.length) % Math.max(1, flat.length));
    else if (event.key === "Enter") take(chosen);
    else if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") onClose();
    else return;
    event.preventDefault();
  };
  return (
    <Box data-testid="palette">
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        px="md"
        py={6}
        style={{ borderBottom: "1px solid var(--sonnim-line)" }}
        leftSection={<IconSearch size={18} aria-hidden="true" />}
        placeholder={t("palette.placeholder")}
        aria-label={t("palette.title")}
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={chosen ? `${list}-${chosen.id}` : undefined}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        data-testid="palette-input"
      />
      <Box mah="56dvh" ref={viewport} tabIndex={0} style={{ overflowY: "auto" }}>
        <Box id={list} role="listbox" aria-label={t("palette.title")} p={6}>
          {groups.map(({ name, title, choices }) => (
            <Box key={name} role="group" aria-label={title} mb={4}>
              <Text fz="xs" fw={600} c="dimmed" px={10} py={5} aria-hidden="true">
                {title}
              </Text>
              {choices.map((choice) => (
                <Option
                  key={choice.id}
                  id={`${list}-${choice.id}`}
                  choice={choice}
                  selected={choice === chosen}
                  onPoint={() => setAt(flat.indexOf(choice))}
                  onTake={() => take(choice)}
                />
              ))}
            </Box>
          ))}
        </Box>
        {!flat.length && (
          <Text c="dimmed" fz="sm" ta="center" pb="lg" pt={4}>
            {t("palette.nothing")}
          </Text>
        )}
      </Box>
      <VisuallyHidden role="status">{t("palette.found", { count: flat.length })}</VisuallyHidden>
    </Box>
  );
}

interface OptionProps {
  id: string;
  choice: Choice;
  selected: boolean;
  onPoint: () => void;
  onTake: () => void;
}

function Option({ id, choice, selected, onPoint, onTake }: OptionProps): ReactNode {
  return (
    <Group
      id={id}
      role="option"
      aria-selected={selected}
      wrap="nowrap"
      gap="sm"
      px={10}
      py={8}
      bdrs="md"
      bg={selected ? "var(--sonnim-selected)" : undefined}
      style={{ cursor: "pointer" }}
      onPointerMove={selected ? undefined : onPoint}
      onClick={onTake}
      data-testid="palette-option"
    >
      {choice.icon}
      <Box flex={1} miw={0}>
        <Text fz="sm" truncate>
          {choice.title}
        </Text>
        {choice.hint && (
          <Text fz="xs" c="dimmed" truncate>
            {choice.hint}
          </Text>
        )}
      </Box>
      {choice.keys && <Keys keys={choice.keys} />}
    </Group>
  );
}
