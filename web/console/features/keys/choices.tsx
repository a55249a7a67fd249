/** What the palette offers for what is typed, in groups. */

import { IconArrowRight, IconBolt, IconMessage } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useLocation } from "wouter";
import { available, keyOf, offers, run } from "../../app/commands";
import { COMMANDS, GROUPS, type Command, type CommandGroup } from "../../app/commandTable";
import { useT, type Key } from "../../app/i18n";
import { Face } from "../../ui/Face";
import { useFound } from "./found";
import { ranked, score } from "./matching";

export interface Choice {
  id: string;
  title: string;
  hint?: string | undefined;
  keys?: string | undefined;
  icon?: ReactNode;
  run: () => void;
}

export interface ChoiceGroup {
  name: string;
  title: string;
  choices: Choice[];
}

/** These run while typing alone, or are the palette itself. */
const HIDDEN = new Set<Command>(["palette", "newline", "close"]);
const MAX_OFFERS = 8;

const group = (command: Command): CommandGroup => COMMANDS.find(({ id }) => id === command)?.group ?? "app";

export function useChoices(query: string): ChoiceGroup[] {
  const t = useT();
  const [, go] = useLocation();
  // What could be done when the palette opened: its own focus must not take anything away.
  const [known] = useState(() => ({ commands: available().filter((each) => !HIDDEN.has(each)), offers: offers() }));
  const { people, talks } = useFound(query);
  const actions = ranked(
    query,
    known.commands.map((command): Choice & { command: Command } => ({
      id: `do-${command}`,
      command,
      title: t(`keys.${command}` as Key),
      keys: keyOf(command) || undefined,
      icon: group(command) === "go" ? <IconArrowRight size={17} stroke={1.7} /> : <IconBolt size={17} stroke={1.7} />,
      run: () => void run(command),
    })),
    (each) => each.title,
  );
  const found: ChoiceGroup[] = GROUPS.filter((name) => name !== "go").map((name) => ({
    name,
    title: t(`keyGroup.${name}`),
    choices: actions.filter(({ command }) => group(command) === name),
  }));
  const places = { name: "go", title: t("keyGroup.go"), choices: actions.filter(({ command }) => group(command) === "go") };
  const offered = query.trim() ? ranked(query, known.offers, (each) => each.title).slice(0, MAX_OFFERS) : [];
  const named = people.map(({ contact, conversation }) => ({
    id: `contact-${contact.id}`,
    title: contact.name || t("contact.unnamed", { id: contact.id }),
    hint: contact.email || contact.phone || undefined,
    icon: <Face name={contact.name || "?"} size={22} decorative />,
    run: () => go(conversation ? `/inbox/all/${conversation.id}` : `/contacts/${contact.id}`),
  }));
  const said = talks.map(({ conversation, contact, text, seq }) => ({
    id: `talk-${conversation.id}-${seq ?? 0}`,
    title: text || conversation.last_text,
    hint: contact?.name || t("contact.unnamed", { id: conversation.contact_id }),
    icon: <IconMessage size={17} stroke={1.7} />,
    run: () => go(`/inbox/all/${conversation.id}${seq ? `?at=${seq}` : ""}`),
  }));
  const groups = [
    ...found.filter(({ name }) => name !== "app"),
    { name: "offers", title: t("palette.offers"), choices: offered },
    { name: "people", title: t("palette.people"), choices: named },
    { name: "talks", title: t("palette.talks"), choices: said },
    places,
    ...found.filter(({ name }) => name === "app"),
  ];
  const shown = groups.filter(({ choices }) => choices.length > 0);
  if (!query.trim()) return shown;
  // What was found elsewhere answers already, perhaps by words that are not in its title.
  const points = ({ name, choices: [best] }: ChoiceGroup) =>
    Math.max(best ? score(query, best.title) : 0, { people: 2.5, talks: 1.5 }[name] ?? 0);
  return shown.sort((a, b) => points(b) - points(a));
}
