/** A card for a page of the store that a message links to. The desk fetches it; nothing here leaves for elsewhere. */

import type { WidgetCard } from "@sonnim/protocol";
import { useEffect, useState } from "preact/hooks";
import { pieces } from "../links";
import { useScene } from "./context";
import { Icon } from "./icons";

/** Whether a text links to a page on this origin. */
export function linksTo(text: string, origin: string | null): boolean {
  const own = (href: string): boolean => new URL(href).origin === origin;
  return !!origin && pieces(text).some((piece) => typeof piece !== "string" && own(piece.href));
}

export function Card({ entry }: { entry: number }) {
  const { chat } = useScene();
  const [card, setCard] = useState<WidgetCard | null>(null);
  useEffect(() => {
    let left = false;
    // Without a card the link in the text says it all.
    chat.desk.card(entry).then(
      (found) => void (left || setCard(found)),
      () => undefined,
    );
    return () => void (left = true);
  }, [entry]);
  if (!card) return null;
  return (
    <a class="file card" href={card.url} target="_blank" rel="noopener noreferrer nofollow" data-testid="card">
      <Icon name="page" />
      <span class="file-name">
        <b>{card.title}</b>
        {card.description && <small>{card.description}</small>}
      </span>
    </a>
  );
}
