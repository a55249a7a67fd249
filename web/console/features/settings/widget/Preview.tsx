/** The chat itself on an empty store page, with the look that is being tried on; nothing of it is saved or sent. */

import { Box, Group, SegmentedControl, Stack, Switch, Text, Title } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { api } from "../../../app/api";
import { useDesk, useDeskState } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import type { Look } from "./look";

const PAUSE = 250;
const WIDTH = 380;
// A page as wide as a store's, made small: else the chat would take the whole of it, as on a phone.
const SCREENS = { desktop: { width: 760, height: 800 }, phone: { width: 390, height: 780 } };
type Screen = keyof typeof SCREENS;

export function Preview({ look }: { look: Look }) {
  const { t, locale } = useWords();
  const { base } = useDesk();
  const key = useDeskState((state) => state.shop.public_key);
  const frame = useRef<HTMLIFrameElement>(null);
  const [screen, setScreen] = useState<Screen>("desktop");
  const [open, setOpen] = useState(false);
  const [ready, setReady] = useState(0);
  const { ref: box, width: room } = useElementSize();
  const [refused, setRefused] = useState(false);

  useEffect(() => {
    const hear = (event: MessageEvent<{ sonnim?: number; type?: string } | null>) => {
      if (event.source !== frame.current?.contentWindow || event.origin !== location.origin) return;
      if (event.data?.sonnim === 1 && event.data.type === "ready") setReady((times) => times + 1);
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, []);
  useEffect(() => {
    if (!ready) return;
    let wanted = true;
    const timer = setTimeout(() => {
      api.post<{ look: string }>(`${base}/widget/preview`, look).then(
        (answer) => {
          if (!wanted) return;
          setRefused(false);
          const said = { sonnim: 1, type: "look", look: answer.look, open, locale };
          frame.current?.contentWindow?.postMessage(said, location.origin);
        },
        // What cannot be shown cannot be saved either; saving says why.
        () => wanted && setRefused(true),
      );
    }, PAUSE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [look, open, locale, ready, base]);

  const { width, height } = SCREENS[screen];
  const scale = Math.min(screen === "phone" ? 300 : WIDTH, room || WIDTH) / width;
  return (
    <Stack ref={box} gap="sm" w={{ base: "100%", lg: WIDTH }} miw={0} pos={{ lg: "sticky" }} top={0}>
      <Group justify="space-between">
        <Title order={2} fz="lg">
          {t("widget.previewTitle")}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t("widget.previewTitle")}
          data={(["desktop", "phone"] as const).map((value) => ({ value, label: t(`widget.preview.${value}`) }))}
          value={screen}
          onChange={(value) => setScreen(value as Screen)}
        />
      </Group>
      <Box w={width * scale} h={height * scale} mx="auto" bdrs="lg" bd="1px solid var(--sonnim-line)" style={{ overflow: "hidden" }}>
        <iframe
          ref={frame}
          key={screen}
          title={t("widget.previewTitle")}
          src={`/widget/${key}/preview`}
          width={width}
          height={height}
          style={{ border: 0, transform: `scale(${scale})`, transformOrigin: "0 0", display: "block" }}
          data-testid="widget-preview"
        />
      </Box>
      <Switch label={t("widget.preview.open")} checked={open} onChange={(event) => setOpen(event.currentTarget.checked)} data-testid="preview-open" />
      {refused && (
        <Text fz="sm" c="red" role="status">
          {t("error.field")}
        </Text>
      )}
    </Stack>
  );
}
