/** Signed in, but no shop's agent (any more). */

import { Button } from "@mantine/core";
import { useWords } from "../../app/i18n";
import { signOut } from "../../app/session";
import { attempt } from "../../ui/toast";
import { Frame } from "./Frame";

export function NoShop({ email }: { email: string }) {
  const words = useWords();
  return (
    <Frame title={words.t("noShop.title")} lead={words.t("noShop.lead", { email })}>
      <Button variant="light" onClick={() => void attempt(words, signOut)}>
        {words.t("me.signOut")}
      </Button>
    </Frame>
  );
}
