/** A small field of emoji, fetched when somebody opens it. Screen readers know each by its own name. */

import { useEffect, useRef } from "preact/hooks";

const ROWS = [
  "😀😄😁😆😅😂🤣😊🙂🙃😉😍🥰😘😋😎🤩🥳🤔🤨😐😶🙄😏😴😌😔😢😭😤😡😱😳🥺😬🤗🤭🤫🫡🫠",
  "👍👎👌🤞✌️👋🙏👏🙌💪🤝🫶👀🙋‍♀️🙋‍♂️🙇‍♀️🙇‍♂️🤷‍♀️🤷‍♂️",
  "❤️🧡💛💚💙💜🤍🖤💔💕✨⭐🔥🎉🎁🌸🌿☀️🌙☔",
  "📦🚚🛒🛍️💳💰🧾🏷️📷📎✅❌⚠️❓❗⏰📅📍📞✉️🔄🔒",
].map((row) => [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(row)].map((part) => part.segment));
const ACROSS = 8;

export interface EmojiProps {
  label: string;
  onPick: (emoji: string) => void;
  onClose: () => void;
}

export default function Emoji({ label, onPick, onClose }: EmojiProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current!.querySelector("button")!.focus(), []);
  const key = (event: KeyboardEvent): void => {
    const all = [...box.current!.querySelectorAll("button")];
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: ACROSS, ArrowUp: -ACROSS }[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    } else if (step) {
      event.preventDefault();
      all[all.indexOf(document.activeElement as HTMLButtonElement) + step]?.focus();
    }
  };
  return (
    <div class="emoji" ref={box} role="group" aria-label={label} onKeyDown={key} data-testid="emoji-picker">
      {ROWS.flat().map((each, n) => (
        <button key={each} type="button" tabIndex={n ? -1 : 0} onClick={() => onPick(each)}>
          {each}
        </button>
      ))}
    </div>
  );
}
