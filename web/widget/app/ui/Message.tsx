/** One message: text as text, files, and how far it has come. */

import { pieces } from "../links";
import { catalogues, clockTime } from "../locale";
import type { Key } from "../locale";
import { agentOf } from "../state";
import type { Row, Tick } from "../state";
import { Card, linksTo } from "./Card";
import { useScene } from "./context";
import { Face } from "./Face";
import { Files } from "./Files";
import { Icon } from "./icons";
import { Rich } from "./Rich";

const marks: Record<Tick, "clock" | "sent" | "seen" | "failed"> = {
  sending: "clock",
  sent: "sent",
  seen: "seen",
  failed: "failed",
};

export function Text({ text }: { text: string }) {
  return (
    <p class="text" dir="auto">
      {pieces(text).map((piece) =>
        typeof piece === "string" ? (
          piece
        ) : (
          <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ),
      )}
    </p>
  );
}

function Failed({ clientId, code }: { clientId: string; code: string }) {
  const { chat, t } = useScene();
  const key = `failed.${code}`;
  const why = key in catalogues.en ? t(key as Key) : t("failed");
  return (
    <p class="failed" role="alert">
      <span>{why}</span>
      <button type="button" class="link" onClick={() => chat.retry(clientId)} data-testid="retry">
        {t("retry")}
      </button>
      <button type="button" class="link" onClick={() => chat.discard(clientId)} data-testid="discard">
        {t("discard")}
      </button>
    </p>
  );
}

export function Message({ row }: { row: Extract<Row, { is: "message" }> }) {
  const { chat, state, t } = useScene();
  const agent = agentOf(state, row.agent);
  const at = new Date(row.at);
  const author = row.mine ? t("me") : (agent?.name ?? state.shop.name);
  const shape = `${row.mine ? "mine" : "theirs"}${row.first ? " first" : ""}${row.last ? " last" : ""}`;
  return (
    <article class={`message ${shape}`} data-testid="message" data-mine={row.mine} data-client-id={row.clientId}>
      <h2 class={row.mine || !row.first ? "hidden" : "author"}>{author}</h2>
      {!row.mine && row.last && <Face agent={agent} size={28} />}
      {row.change === "gone" && <div class="bubble gone">{t("gone")}</div>}
      {row.text && (
        <div class={row.tick === "sending" ? "bubble going" : "bubble"}>
          {row.rich ? <Rich document={row.rich} /> : <Text text={row.text} />}
        </div>
      )}
      {row.entry && linksTo(row.text, chat.shopOrigin) && <Card entry={row.entry} />}
      <Files files={row.attachments} />
      {(row.last || row.tick === "failed" || row.tick === "sending" || row.change === "edited") && (
        <footer>
          {row.change === "edited" && <span data-testid="edited">{t("edited")}</span>}
          <time dateTime={at.toISOString()} title={at.toLocaleString(t.locale)}>
            {clockTime(t.locale, at)}
          </time>
          {row.tick && (
            <span class={`tick ${row.tick}`} data-testid="tick" data-tick={row.tick}>
              <Icon name={marks[row.tick]} size={16} />
              <span class="hidden">{row.tick === "failed" ? t("failed") : t(`tick.${row.tick}`)}</span>
            </span>
          )}
        </footer>
      )}
      {row.tick === "failed" && row.clientId && <Failed clientId={row.clientId} code={row.code ?? ""} />}
    </article>
  );
}
