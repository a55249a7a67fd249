/** The glazed head of the panel: the shop, whether someone is there, the way out. */

import { agentOf, answering, anyoneOnline } from "../state";
import { useScene } from "./context";
import { Copy } from "./Copy";
import { Face } from "./Face";
import { Icon } from "./icons";

export function Header() {
  const { chat, state, t } = useScene();
  const online = anyoneOnline(state);
  const closed = state.now?.mode === "closed";
  const status = closed ? "closed" : online === null ? "unknown" : online ? "online" : "away";
  const first = answering(state);
  const others = state.lineup.filter((id) => id !== first?.id).slice(0, 2);
  const faces = [first, ...others.map((id) => agentOf(state, id))].filter((agent) => agent !== null);
  return (
    <div class="head">
      <span class="faces">
        {faces.length ? faces.map((agent) => <Face key={agent.id} agent={agent} size={38} />) : <Face agent={null} size={38} />}
      </span>
      <div class="title">
        <h1 dir="auto">{state.shop.titles[state.locale] || state.shop.name}</h1>
        <p class={`status ${status}`} role="status" data-testid="presence">
          {t(`presence.${status}`)}
        </p>
      </div>
      <Copy />
      <button type="button" class="round" aria-label={t("close")} onClick={() => chat.close()} data-testid="close">
        <Icon name="close" size={24} />
      </button>
    </div>
  );
}
