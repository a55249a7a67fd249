/** The first steps with a shop: what it is called, the chat on its pages, a first message. Each can be left for later. */

import { Box, Button, Group, Paper, ScrollArea, Stack, Stepper, Text, Title } from "@mantine/core";
import { IconBuildingStore, IconCode, IconMessageCircle } from "@tabler/icons-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { api } from "../../app/api";
import { useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { readMe } from "../../app/session";
import type { Me, Membership } from "../../app/types";
import { useIsPhone } from "../../app/viewport";
import { RowSkeletons } from "../../ui/States";
import { ShopStep } from "./ShopStep";
import { TestStep } from "./TestStep";
import { WidgetStep } from "./WidgetStep";

type Step = Exclude<Membership["welcome"], null>;

const STEPS = [
  { name: "shop", icon: IconBuildingStore },
  { name: "widget", icon: IconCode },
  { name: "test", icon: IconMessageCircle },
] as const satisfies readonly { name: Step; icon: unknown }[];

export default function WelcomePage({ me, shopId }: { me: Me; shopId: number }) {
  const t = useT();
  const phone = useIsPhone();
  const [, go] = useLocation();
  const { base } = useDesk();
  const ready = useDeskState((state) => state.ready);
  const may = useMay("shop.configure");
  const left = me.shops.find((shop) => shop.id === shopId)?.welcome;
  const [at, setAt] = useState<Step>(left ?? "shop");
  if (!ready) return <RowSkeletons count={3} />;

  const index = STEPS.findIndex((step) => step.name === at);
  const remember = (step: Step | null) =>
    // Where I am is a convenience: without it the steps begin again.
    api.put(`${base}/agents/me/welcome`, { step }).then(readMe, () => undefined);
  const next = () => {
    const following = STEPS[index + 1]?.name;
    void remember(following ?? null);
    if (following) setAt(following);
    else go("/inbox/waiting");
  };
  const leave = () => {
    void remember(null);
    go("/inbox/waiting");
  };
  return (
    <ScrollArea h="100%" type="auto">
      <Stack maw={720} mx="auto" p={{ base: "md", sm: "xl" }} gap="xl" data-testid="welcome">
        <Box>
          <Title order={1} fz={{ base: "1.4rem", sm: "1.7rem" }}>
            {t("welcome.title", { name: me.user.name })}
          </Title>
          <Text c="dimmed" mt={4}>
            {t("welcome.lead")}
          </Text>
        </Box>
        <Stepper active={index} onStepClick={(to) => setAt(STEPS[to]?.name ?? "shop")} size={phone ? "xs" : "sm"} iconSize={34} wrap={false}>
          {STEPS.map(({ name, icon: Icon }) => (
            <Stepper.Step key={name} icon={<Icon size={18} />} label={phone ? undefined : t(`welcome.${name}.step`)} aria-label={t(`welcome.${name}.step`)} data-testid={`welcome-step-${name}`} />
          ))}
        </Stepper>
        <Paper withBorder radius="lg" p={{ base: "md", sm: "xl" }} component="section">
          <Stack gap="md">
            <Box>
              <Title order={2} fz="lg">
                {t(`welcome.${at}.title`)}
              </Title>
              <Text fz="sm" c="dimmed" mt={4}>
                {t(`welcome.${at}.lead`)}
              </Text>
            </Box>
            {at === "shop" && may && <ShopStep onDone={next} />}
            {at === "widget" && may && <WidgetStep onDone={next} />}
            {at === "test" && <TestStep onDone={leave} />}
          </Stack>
        </Paper>
        <Group justify="space-between">
          {at === "test" ? (
            <span />
          ) : (
            <Button variant="subtle" color="gray" onClick={leave} data-testid="welcome-leave">
              {t("welcome.leave")}
            </Button>
          )}
          <Button variant="default" onClick={next} data-testid="welcome-skip">
            {t(at === "test" ? "welcome.finish" : "welcome.skip")}
          </Button>
        </Group>
      </Stack>
    </ScrollArea>
  );
}
