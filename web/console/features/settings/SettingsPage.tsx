/** Settings: a list of what this person may change, and one section beside it; on a phone one after the other. */

import { ActionIcon, Box, Flex, Group, NavLink, ScrollArea, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconChevronRight } from "@tabler/icons-react";
import { Suspense } from "react";
import { Link, Redirect } from "wouter";
import { useDeskState } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { useIsPhone } from "../../app/viewport";
import { RowSkeletons } from "../../ui/States";
import { HeldCount } from "./quarantine/HeldCount";
import { GROUPS, sectionsFor, type Section } from "./sections";

export default function SettingsPage({ section }: { section: string | undefined }) {
  const phone = useIsPhone();
  const ready = useDeskState((state) => state.ready);
  const permissions = useDeskState((state) => state.permissions);
  if (!ready) return <RowSkeletons />;
  const mine = sectionsFor(permissions);
  const shown = mine.find((each) => each.name === section);
  if (!mine.length) return <Redirect to="/inbox/waiting" replace />;
  if (!shown && section) return <Redirect to="/settings" replace />;
  if (phone) return shown ? <Pane section={shown} phone /> : <Places sections={mine} shown={undefined} phone />;
  if (!shown) return <Redirect to={`/settings/${mine[0]?.name ?? ""}`} replace />;
  return (
    <Flex h="100%" miw={0}>
      <Box w={248} miw={248} h="100%" bg="var(--sonnim-panel)" style={{ borderInlineEnd: "1px solid var(--sonnim-line)" }}>
        <Places sections={mine} shown={shown.name} />
      </Box>
      <Box flex={1} miw={0} h="100%">
        <Pane key={shown.name} section={shown} />
      </Box>
    </Flex>
  );
}

interface PlacesProps {
  sections: Section[];
  shown: string | undefined;
  phone?: boolean;
}

function Places({ sections, shown, phone = false }: PlacesProps) {
  const t = useT();
  return (
    <ScrollArea h="100%" type="auto">
      <Stack component="nav" aria-label={t("nav.settings")} gap="lg" p={phone ? "md" : "sm"} pt={phone ? "md" : "lg"}>
        <Title order={phone ? 1 : 2} fz={phone ? "1.5rem" : "lg"} px={10}>
          {t("nav.settings")}
        </Title>
        {GROUPS.map((group) => {
          const places = sections.filter((each) => each.group === group);
          if (!places.length) return null;
          return (
            <Box key={group}>
              <Text fz="xs" fw={600} c="dimmed" px={10} mb={4}>
                {t(`settings.group.${group}`)}
              </Text>
              {places.map(({ name, label, icon: Icon }) => (
                <NavLink
                  key={name}
                  component={Link}
                  to={`/settings/${name}`}
                  label={t(label)}
                  active={name === shown}
                  aria-current={name === shown ? "page" : undefined}
                  leftSection={<Icon size={18} stroke={1.7} aria-hidden="true" />}
                  rightSection={
                    <Group gap={4} wrap="nowrap">
                      {name === "quarantine" && <HeldCount />}
                      {phone && <IconChevronRight size={16} aria-hidden="true" />}
                    </Group>
                  }
                  fw={name === shown ? 600 : 450}
                  bdrs="md"
                  px={10}
                  py={phone ? 12 : 7}
                  data-testid={`settings-${name}`}
                />
              ))}
            </Box>
          );
        })}
      </Stack>
    </ScrollArea>
  );
}

function Pane({ section, phone = false }: { section: Section; phone?: boolean }) {
  const t = useT();
  const View = section.view;
  return (
    <ScrollArea h="100%" type="auto">
      <Stack maw={section.wide ? 1040 : 760} p={{ base: "md", sm: "xl" }} gap="lg">
        <Box>
          <Group gap={4} wrap="nowrap">
            {phone && (
              <ActionIcon component={Link} to="/settings" aria-label={t("common.back")} size={44} ml={-10} data-testid="back">
                <IconArrowLeft size={22} />
              </ActionIcon>
            )}
            <Title order={1} fz={phone ? "1.25rem" : "1.5rem"}>
              {t(section.label)}
            </Title>
          </Group>
          {section.hint && (
            <Text fz="sm" c="dimmed" mt={4} maw={620}>
              {t(section.hint)}
            </Text>
          )}
        </Box>
        <Suspense fallback={<RowSkeletons count={3} />}>
          <View />
        </Suspense>
      </Stack>
    </ScrollArea>
  );
}
