/** A rule has fallen quiet for somebody: said once, with the way back and the way to where all such rules stand. */

import { Anchor } from "@mantine/core";
import type { Words } from "../../../app/i18n";
import { toastUndo } from "../../../ui/toast";

export const QUIET_RULES = "/settings/coach";

/** `go` leads there without reading the page anew, so that the draft keeps its place. */
export function toastQuieted(words: Words, { href, go, undo }: { href: string; go: () => void; undo: () => void }): void {
  const message = (
    <>
      {`${words.t("remark.quieted")} `}
      <Anchor
        href={href}
        fz="sm"
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          go();
        }}
        data-testid="quieted-where"
      >
        {words.t("remark.quietedWhere")}
      </Anchor>
    </>
  );
  toastUndo(words, message, undo);
}
