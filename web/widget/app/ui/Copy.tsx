/** A copy of the conversation to keep: as a page, or by mail where the shop can send any. */

import { useRef, useState } from "preact/hooks";
import { Refused } from "../desk";
import { conversationOf, entriesOf } from "../state";
import { useScene } from "./context";
import { Icon } from "./icons";
import { keep } from "./Files";

type Said = "copy.saved" | "copy.mailed" | "copy.often" | "copy.failed";

export function Copy() {
  const { chat, state, t } = useScene();
  const menu = useRef<HTMLDetailsElement>(null);
  const [said, setSaid] = useState<Said | null>(null);
  if (!conversationOf(state)) return null;
  const answered = entriesOf(state).some((entry) => entry.author.kind === "agent");
  const act = async (work: () => Promise<void>, done: Said): Promise<void> => {
    const found = await work().then(
      () => done,
      (error: unknown): Said => (error instanceof Refused && error.status === 429 ? "copy.often" : "copy.failed"),
    );
    setSaid(found);
  };
  const save = async (): Promise<void> => keep(await chat.desk.transcript(t.locale), `${state.shop.name}.html`);
  const key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !menu.current!.open) return;
    event.stopPropagation();
    menu.current!.open = false;
    menu.current!.querySelector("summary")!.focus();
  };
  return (
    <details class="menu" ref={menu} onKeyDown={key} onToggle={() => setSaid(null)}>
      <summary class="round" aria-label={t("copy")} title={t("copy")} data-testid="copy">
        <Icon name="save" size={22} />
      </summary>
      <div class="sheetlet">
        <button type="button" onClick={() => void act(save, "copy.saved")} data-testid="copy-save">
          {t("copy.save")}
        </button>
        {state.now?.mail && state.contact?.reachable && answered && (
          <button
            type="button"
            onClick={() => void act(() => chat.desk.mailTranscript(t.locale), "copy.mailed")}
            data-testid="copy-mail"
          >
            {t("copy.mail")}
          </button>
        )}
        <p role="status">{said && t(said)}</p>
      </div>
    </details>
  );
}
