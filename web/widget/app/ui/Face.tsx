/** An agent's face, or the mark where there is none. */

import type { PublicAgent } from "@sonnim/protocol";
import { useState } from "preact/hooks";
import { palette } from "../colour";
import { Icon } from "./icons";

export function Face({ agent, size = 32 }: { agent: PublicAgent | null; size?: number }) {
  const [broken, setBroken] = useState(false);
  const box = { width: `${size}px`, height: `${size}px` };
  if (agent?.avatar_url && !broken) {
    return (
      <img class="face" src={agent.avatar_url} alt="" width={size} height={size} onError={() => setBroken(true)} />
    );
  }
  if (!agent) {
    return (
      <span class="face" style={box} aria-hidden="true">
        <Icon name="mark" size={size * 0.62} />
      </span>
    );
  }
  const colours = palette(agent.color);
  const style = { ...box, fontSize: `${size * 0.42}px`, background: colours["--accent"], color: colours["--on-accent"] };
  return (
    <span class="face" style={style} aria-hidden="true">
      {[...agent.name][0]}
    </span>
  );
}
