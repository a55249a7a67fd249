/** What a contact has agreed to, since when, and who noted it. */

import { Stack, Switch, Text } from "@mantine/core";
import type { Contact } from "@sonnim/protocol";
import { api } from "../../app/api";
import { useNow } from "../../app/clock";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { toastError } from "../../ui/toast";
import { Part } from "./Field";
import { showContact } from "./useContactEdit";

const PURPOSES = ["news_email", "news_text", "calls", "surveys"] as const;

interface Consent {
  given: boolean;
  at: string;
  by: number;
}

export function Consents({ contact, mayEdit }: { contact: Contact; mayEdit: boolean }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const agents = useDeskState((state) => state.tables.agents);
  const format = useFormat();
  const now = useNow(60);
  const said = contact.consents as Partial<Record<string, Consent>>;
  const me = useDeskState((state) => state.agentId);
  const change = (purpose: string, given: boolean) => {
    const mine: Consent = { given, at: new Date(now).toISOString(), by: me };
    showContact(desk, { ...contact, consents: { ...contact.consents, [purpose]: mine } });
    void api.put<Contact>(`${desk.base}/contacts/${contact.id}/consents/${purpose}`, { given }).then(
      (saved) => showContact(desk, saved),
      (error: unknown) => {
        showContact(desk, contact);
        toastError(words, error);
      },
    );
  };
  return (
    <Part title={t("contact.consents")}>
      <Stack gap={8}>
        {PURPOSES.map((purpose) => {
          const consent = said[purpose];
          return (
            <div key={purpose}>
              <Switch
                size="sm"
                label={t(`consent.${purpose}`)}
                checked={consent?.given ?? false}
                disabled={!mayEdit}
                onChange={(event) => change(purpose, event.currentTarget.checked)}
                data-testid={`consent-${purpose}`}
              />
              {consent && (
                <Text fz="xs" c="dimmed" pl={46} title={format.full(consent.at)}>
                  {t(consent.given ? "consent.givenAt" : "consent.withdrawnAt", {
                    time: format.short(consent.at, now),
                    name: agents[consent.by]?.name ?? "",
                  })}
                </Text>
              )}
            </div>
          );
        })}
      </Stack>
    </Part>
  );
}
