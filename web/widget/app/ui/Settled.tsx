/** When a conversation is settled: was it solved? One tap, and words for whoever has some. */

import { useState } from "preact/hooks";
import { conversationOf } from "../state";
import { useScene } from "./context";

const MOST = 2_000;
const writeOn = (): void => document.getElementById("composer")?.focus();

function Words() {
  const { chat, t } = useScene();
  const [text, setText] = useState("");
  const [said, setSaid] = useState<"solved.thanks" | "contact.failed" | null>(null);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!text.trim()) return;
    await chat.solved(true, text.trim()).then(
      () => setSaid("solved.thanks"),
      () => setSaid("contact.failed"),
    );
  };
  if (said === "solved.thanks") return <p role="status">{t(said)}</p>;
  return (
    <form class="words" onSubmit={(event) => void send(event)}>
      <label>
        {t("solved.words")}
        <textarea rows={2} maxLength={MOST} value={text} onInput={(e) => setText(e.currentTarget.value)} data-testid="solved-words" />
      </label>
      {said && <p role="alert">{t(said)}</p>}
      <button type="submit" class="link" disabled={!text.trim()}>
        {t("solved.send")}
      </button>
    </form>
  );
}

export function Settled() {
  const { chat, state, t } = useScene();
  const [failed, setFailed] = useState(false);
  const { solved } = conversationOf(state)!;
  const answer = (yes: boolean): void => {
    setFailed(false);
    chat.solved(yes).then(
      () => void (yes || writeOn()),
      () => setFailed(true),
    );
  };
  return (
    <div class="settled" data-testid="resolved">
      {solved === null ? (
        <>
          <p id="solved">{t("solved.ask")}</p>
          <div class="choices" role="group" aria-labelledby="solved">
            <button type="button" class="solid" onClick={() => answer(true)} data-testid="solved-yes">
              {t("solved.yes")}
            </button>
            <button type="button" class="solid plain" onClick={() => answer(false)} data-testid="solved-no">
              {t("solved.no")}
            </button>
          </div>
          {failed && <p role="alert">{t("contact.failed")}</p>}
        </>
      ) : (
        <>
          <p role="status">{t("solved.glad")}</p>
          <Words />
        </>
      )}
      <button type="button" class="link" onClick={writeOn}>
        {t("again")}
      </button>
    </div>
  );
}
