/** The frame around every screen: where to go, how many wait, who I am, and whether the line is up. */

import { Box, Flex, ScrollArea, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { LineBanner } from "./LineBanner";
import { BottomBar, SideBar } from "./navigation";
import type { Me } from "./types";
import { useTitleCount } from "./title";
import { useIsNarrow, useIsPhone } from "./viewport";

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
