/** The first words, which a machine says and says so; then who answers. */

import { answering, isOpen } from "../state";
import { useScene } from "./context";
import { Face } from "./Face";
import { Hours } from "./Hours";
import { Icon } from "./icons";
import { Expectation } from "./Waiting";

export function Greeting() {
  const { state, t } = useScene();
  const { greeting } = state;
  if (!greeting) return null;
  const agent = answering(state);
  const away = isOpen(state) === false;
  return (
    <section class="greeting" data-testid="greeting">
      <span class="seal">
        <Icon name="mark" size={30} />
      </span>
      <p class="hello" dir="auto">
        {greeting.hello}
      </p>
      <p class="more" dir="auto">
        {greeting.more}
      </p>
      <p class="automatic">{t("greeting.automatic")}</p>
      <Expectation />
      <Hours />
      {agent && (
        <p class="answers" data-testid="agent-face">
          <Face agent={agent} size={36} />
          <span>{t(away ? "agent.later" : "agent.answers", { name: agent.name })}</span>
        </p>
      )}
      {state.shop.imprint && (
        <p class="automatic imprint" dir="auto" data-testid="imprint">
          {state.shop.imprint}
        </p>
      )}
    </section>
  );
}
