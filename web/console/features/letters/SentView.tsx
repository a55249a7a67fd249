/** A mail as it was sent: in a frame that runs nothing and asks nobody. Pictures from elsewhere come when they are asked for. */

import { ActionIcon, Alert, Box, Button, Group, Loader, Modal, Text, useComputedColorScheme } from "@mantine/core";
import type { Entry } from "@sonnim/protocol";
import { IconArrowsMaximize, IconPhoto, IconPhotoOff } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { useDesk } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { colorsOf, pageOf, paperOf, pictureAt, SANDBOX } from "./paper";
import { letterUrl, useLetter } from "./sent";

const AT_ONCE = 2;
/** What mail programs lay their mails out for, and a little around it. */
const WIDTH = 640;

type Pictures = Readonly<Record<string, string>>;

export default function SentView({ entry }: { entry: Entry }) {
  const t = useT();
  const { letter, again } = useLetter(entry, true);
  const [large, setLarge] = useState(false);
  const dark = useComputedColorScheme("light") === "dark";
  const here = letter && letter !== "failed" ? letter : null;
  const pictures = usePictures(entry, here?.html ?? "", here?.remote ?? 0);
  const paper = useMemo(() => paperOf(here?.html ?? "", pictures.shown ?? {}), [here, pictures.shown]);
  if (letter === "failed") {
    return (
      <Alert color="red" p="xs">
        <Group justify="space-between" gap="xs">
          <Text fz="xs">{t("letter.failed")}</Text>
          <Button size="compact-xs" variant="default" onClick={again}>
            {t("common.retry")}
          </Button>
        </Group>
      </Alert>
    );
  }
  if (!letter || (letter.html && !pictures.shown)) return <Loader type="dots" size="sm" aria-label={t("common.loading")} />;
  if (!letter.html) {
    return (
      <Text fz="xs" c="dimmed">
        {t("letter.textOnly")}
      </Text>
    );
  }
  const colors = colorsOf(letter.colored, dark);
  const page = pageOf(paper.html, colors);
  const frame = (height: string) => (
    <iframe
      key={pictures.state} // a new page is a new frame: one that is still being filled can miss what comes after
      title={t("letter.frame")}
      sandbox={SANDBOX}
      referrerPolicy="no-referrer"
      srcDoc={page}
      style={{ border: "1px solid var(--sonnim-line)", borderRadius: 8, background: colors.paper, width: "100%", height, display: "block" }}
      data-testid="letter-frame"
    />
  );
  return (
    <Box w={WIDTH} maw="100%" mt={6} data-testid="letter-sent">
      <Group gap={6} mb={6} justify="space-between" wrap="nowrap">
        <PictureOffer count={letter.remote} pictures={pictures} />
        <ActionIcon size="sm" aria-label={t("letter.enlarge")} title={t("letter.enlarge")} onClick={() => setLarge(true)} data-testid="letter-enlarge">
          <IconArrowsMaximize size={15} />
        </ActionIcon>
      </Group>
      {frame(`${paper.height}px`)}
      {large && (
        <Modal opened onClose={() => setLarge(false)} size="min(1000px, 94vw)" title={letter.subject || t("letter.frame")} closeButtonProps={{ "aria-label": t("common.close") }}>
          {frame("76vh")}
        </Modal>
      )}
    </Box>
  );
}

interface PictureState {
  /** null until the mail's own pictures are there: with them the page is made once. */
  shown: Pictures | null;
  state: "blocked" | "loading" | "shown";
  missing: number;
  show: () => void;
}

/** The mail's own pictures at once, those from elsewhere through the desk's server when somebody asks. */
function usePictures(entry: Entry, html: string, remote: number): PictureState {
  const { base } = useDesk();
  const [shown, setShown] = useState<Pictures | null>(null);
  const [state, setState] = useState<PictureState["state"]>("blocked");
  const [missing, setMissing] = useState(0);
  const attached = useMemo(() => paperOf(html, {}).attachments, [html]);
  useEffect(() => {
    if (!html) return;
    void fetchAll(attached.map((id) => [`attachment:${id}`, `${base}/attachments/${id}/content`])).then((found) =>
      setShown((now) => ({ ...found, ...now })),
    );
  }, [html, attached, base]);
  const show = () => {
    setState("loading");
    const url = letterUrl(base, entry);
    const all = Array.from({ length: remote }, (_, n): [string, string] => [`picture:${n}`, `${url}/image?n=${n}`]);
    void fetchAll(all).then((found) => {
      setShown((now) => ({ ...now, ...found }));
      setMissing(remote - Object.keys(found).length);
      setState("shown");
    });
  };
  return { shown, state, missing, show };
}

async function fetchAll(wanted: [name: string, path: string][]): Promise<Pictures> {
  const found: Record<string, string> = {};
  const left = [...wanted];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const data = await pictureAt(next[1]).catch(() => null);
      if (data) found[next[0]] = data;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

function PictureOffer({ count, pictures }: { count: number; pictures: PictureState }) {
  const t = useT();
  if (!count) return <span />;
  if (pictures.state === "shown") {
    return pictures.missing ? (
      <Group gap={4} c="dimmed" wrap="nowrap">
        <IconPhotoOff size={14} aria-hidden="true" />
        <Text fz="xs">{t("letter.picturesMissing", { count: pictures.missing })}</Text>
      </Group>
    ) : (
      <span />
    );
  }
  return (
    <Button
      size="compact-xs"
      variant="light"
      leftSection={<IconPhoto size={14} />}
      loading={pictures.state === "loading"}
      onClick={pictures.show}
      title={t("letter.picturesHint")}
      data-testid="letter-pictures"
    >
      {t("letter.pictures", { count })}
    </Button>
  );
}
