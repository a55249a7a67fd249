/** Signed in, but no shop's agent (any more). */

import { Alert, Button } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useWords } from "../../app/i18n";
import { signOut } from "../../app/session";
import { attempt } from "../../ui/toast";
import { Frame } from "./Frame";

export function NoShop({ email, why }: { email: string; why: string | undefined }) {
  const words = useWords();
  return (
    <Frame title={words.t("noShop.title")} lead={words.t("noShop.lead", { email })}>
      {why === "removed" && (
        <Alert icon={<IconInfoCircle size={18} />} color="gray" data-testid="signed-out-why">
          {words.t("revoked.removed")}
        </Alert>
      )}
      <Button variant="light" onClick={() => void attempt(words, signOut)}>
        {words.t("me.signOut")}
      </Button>
    </Frame>
  );
}
