/** The service plan: everybody at the desk reads it, whoever manages it writes it. */

import { ActionIcon, Badge, Box, Button, Flex, Group, ScrollArea, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconNotebook, IconPrinter } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link, Redirect } from "wouter";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { useIsPhone } from "../../app/viewport";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { Contents } from "./Contents";
import { Editor } from "./Editor";
import { History } from "./History";
import { Overview } from "./Overview";
import { SectionReader } from "./SectionReader";
import { isSection } from "./sections";
import type { Meter } from "./types";
import { usePlan } from "./usePlan";

export default function PlanPage({ section }: { section: string | undefined }) {
  const ready = useDeskState((state) => state.ready);
  const manages = useDeskState((state) => state.permissions.includes("plan.manage"));
  if (!ready) return <RowSkeletons />;
  if (section && section !== "overview" && section !== "history" && !isSection(section)) return <Redirect to="/plan" replace />;
  return manages ? <Editor section={section} /> : <Reader section={section} />;
}

interface FrameProps {
  section: string | undefined;
  meter: Meter;
  n: number;
  /** Above what is shown. */
  bar?: ReactNode;
  children: ReactNode;
}

/** The contents beside what is shown; on a phone one after the other. */
export function Frame({ section, meter, n, bar, children }: FrameProps) {
  const { t } = useWords();
  const phone = useIsPhone();
  const head = (
    <Box px={10} mb={4}>
      <Title order={1} fz={phone ? "1.5rem" : "lg"}>
        {t("plan.title")}
      </Title>
      <Badge size="sm" color={n ? "celadon" : "gray"} mt={4} data-testid="plan-in-force">
        {n ? t("plan.inForce", { n }) : t("plan.noneInForce")}
      </Badge>
    </Box>
  );
  if (phone && !section) {
    return (
      <ScrollArea h="100%" type="auto">
        <Stack p="md" gap="sm">
          {head}
          {bar}
          <Contents meter={meter} shown="" phone />
        </Stack>
      </ScrollArea>
    );
  }
  const pane = (
    <ScrollArea h="100%" type="auto">
      <Stack maw={860} p={{ base: "md", sm: "xl" }} gap="lg">
        {phone && (
          <Group gap={4} wrap="nowrap">
            <ActionIcon component={Link} to="/plan" aria-label={t("common.back")} size={44} ml={-10} data-testid="back">
              <IconArrowLeft size={22} />
            </ActionIcon>
            <Title order={1} fz="1.1rem">
              {t("plan.title")}
            </Title>
          </Group>
        )}
        {bar}
        {children}
      </Stack>
    </ScrollArea>
  );
  if (phone) return pane;
  return (
    <Flex h="100%" miw={0}>
      <Box w={272} miw={272} h="100%" bg="var(--sonnim-panel)" style={{ borderInlineEnd: "1px solid var(--sonnim-line)" }}>
        <ScrollArea h="100%" type="auto">
          <Stack gap="sm" p="sm" pt="lg">
            {head}
            <Contents meter={meter} shown={section ?? "overview"} phone={false} />
          </Stack>
        </ScrollArea>
      </Box>
      <Box flex={1} miw={0} h="100%">
        {pane}
      </Box>
    </Flex>
  );
}

function Reader({ section }: { section: string | undefined }) {
  const { t, locale } = useWords();
  const { base } = useDesk();
  const { plan, failed, reload } = usePlan();
  if (failed) return <Failed onRetry={reload} />;
  if (!plan) return <RowSkeletons />;
  if (!plan.version) {
    return (
      <Empty icon={<IconNotebook size={26} stroke={1.6} />} title={t("plan.notYet")}>
        {t("plan.notYetText")}
      </Empty>
    );
  }
  const bar = (
    <Group justify="space-between">
      <Text fz="sm" c="dimmed">
        {t("plan.readOnly")}
      </Text>
      <Button
        component="a"
        href={`/api/v1${base}/plan/page?locale=${locale}`}
        target="_blank"
        rel="noreferrer"
        variant="default"
        size="compact-md"
        leftSection={<IconPrinter size={16} />}
        data-testid="plan-print"
      >
        {t("plan.print")}
      </Button>
    </Group>
  );
  return (
    <Frame section={section} meter={plan.meter} n={plan.mark.n} bar={bar}>
      {isSection(section) ? (
        <SectionReader section={section} document={plan.document} />
      ) : section === "history" ? (
        <History inForce={plan.mark.n} onRestore={null} />
      ) : (
        <Overview document={plan.document} meter={plan.meter} onLanguages={null} />
      )}
    </Frame>
  );
}
