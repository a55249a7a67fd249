/** The page around everything before the desk: the mark, a card, the language. */

import { Box, Group, Paper, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { LANGUAGE_NAMES, LOCALES, useT, useWords } from "../../app/i18n";
import { setLocale } from "../../app/preferences";
import { Mark } from "../../ui/Mark";

interface Props {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

export function Frame({ title, lead, children }: Props) {
  const t = useT();
  return (
    <Stack component="main" mih="100dvh" align="center" justify="center" gap="lg" p="md" bg="var(--sonnim-sunken)">
      <Stack gap={6} align="center">
        <Mark size={52} />
        <Text c="dimmed" fz="sm">
          {t("auth.tagline")}
        </Text>
      </Stack>
      <Paper p={{ base: "lg", xs: "xl" }} w="100%" maw={420} radius="lg" withBorder bd="1px solid var(--sonnim-line)">
        <Stack gap="md">
          <Box>
            <Title order={1} fz="1.35rem">
              {title}
            </Title>
            {lead && (
              <Text c="dimmed" fz="sm" mt={4}>
                {lead}
              </Text>
            )}
          </Box>
          {children}
        </Stack>
      </Paper>
      <Languages />
    </Stack>
  );
}

function Languages() {
  const { locale, t } = useWords();
  return (
    <Group gap="md" role="group" aria-label={t("account.language")}>
      {LOCALES.map((each) => (
        <UnstyledButton
          key={each}
          lang={each}
          onClick={() => setLocale(each)}
          aria-pressed={each === locale}
          fz="sm"
          px={6}
          py={4}
          bdrs="sm"
          fw={each === locale ? 650 : 450}
          c={each === locale ? "var(--sonnim-accent)" : "dimmed"}
        >
          {LANGUAGE_NAMES[each]}
        </UnstyledButton>
      ))}
    </Group>
  );
}
