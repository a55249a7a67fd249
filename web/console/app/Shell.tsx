/** The frame around every screen: where to go, how many wait, who I am, and whether the line is up. */

import { Box, Flex, ScrollArea, Stack } from "@mantine/core";
import { lazy, Suspense, type ReactNode } from "react";
import { Commands } from "../features/keys/Commands";
import { Letters } from "../features/letters/Letters";
import { useSeenWithConversation } from "../features/notifications/Bell";
import { Ringer } from "../features/notifications/Ringer";
import { useKeyboard } from "./commands";
import { BottomBar } from "./BottomBar";
import { LineBanner } from "./LineBanner";
import { SideBar } from "./navigation";
import type { Me } from "./types";
import { useTitleCount } from "./title";
import { useIsNarrow, useIsPhone } from "./viewport";

const Offers = lazy(() => import("../features/routing/Offers").then((found) => ({ default: found.Offers })));

interface Props {
  me: Me;
  shopId: number;
  onShop: (id: number) => void;
  children: ReactNode;
}

export function Shell({ me, shopId, onShop, children }: Props) {
  const phone = useIsPhone();
  const narrow = useIsNarrow();
  useTitleCount();
  useKeyboard();
  useSeenWithConversation();
  return (
    <Flex h="100dvh" direction={phone ? "column" : "row"} style={{ overflow: "hidden" }}>
      {!phone && <SideBar me={me} shopId={shopId} onShop={onShop} slim={narrow} />}
      <Stack component="main" gap={0} flex={1} miw={0} mih={0}>
        <LineBanner />
        <Box flex={1} mih={0}>
          {children}
        </Box>
      </Stack>
      {phone && <BottomBar me={me} />}
      <Commands />
      <Letters />
      <Ringer />
      <Suspense fallback={null}>
        <Offers />
      </Suspense>
    </Flex>
  );
}

/** A page of text and forms in the middle of the frame. */
export function Sheet({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <ScrollArea h="100%" type="auto">
      <Stack maw={wide ? 1040 : 760} mx="auto" p={{ base: "md", sm: "xl" }} gap="lg">
        {children}
      </Stack>
    </ScrollArea>
  );
}
