/** The saved views in the navigation, each with the number of its conversations. */

import { ActionIcon, Badge, Group, Text } from "@mantine/core";
import { IconLayoutList, IconPlus } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useLocation } from "wouter";
import { keyOf, useCommand } from "../../app/commands";
import { useDeskState } from "../../app/desk/context";
import { viewsFor } from "../../app/desk/filter";
import { seerOf } from "../../app/desk/queues";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { Place } from "../../app/navigation";
import { memoize } from "../../app/store";
import { KeyTip } from "../../ui/KeyTip";
import { useViewCounts } from "./useViewCounts";

const ViewDialog = lazy(() => import("./ViewDialog"));
const pick = memoize(viewsFor);

export function useViews() {
  return useDeskState((state) => pick(state.tables.views, seerOf(state)));
}

export function ViewBadge({ id }: { id: number }) {
  const format = useFormat();
  const count = useDeskState((state) => state.viewCounts[id]);
  if (!count || (!count.n && !count.more)) return null;
  return (
    <Badge size="sm" variant="light" color="gray" data-testid={`count-view-${id}`} style={{ fontVariantNumeric: "tabular-nums", flexShrink: 0 }}>
      {format.number(count.n)}
      {count.more ? "+" : ""}
    </Badge>
  );
}

export function ViewsNav({ slim }: { slim: boolean }) {
  const t = useT();
  const [path, go] = useLocation();
  const [making, setMaking] = useState(false);
  const views = useViews();
  useViewCounts(views.length > 0);
  useCommand("newView", () => setMaking(true));
  return (
    <>
      {!slim && (
        <Group justify="space-between" wrap="nowrap" px={10} mt={10} h={28}>
          <Text fz="xs" fw={600} c="dimmed">
            {t("views.title")}
          </Text>
          <KeyTip label={t("views.new")} keys={keyOf("newView")}>
            <ActionIcon size="sm" aria-label={t("views.new")} onClick={() => setMaking(true)} data-testid="new-view">
              <IconPlus size={15} />
            </ActionIcon>
          </KeyTip>
        </Group>
      )}
      {views.map((view) => (
        <Place
          key={view.id}
          to={`/inbox/view-${view.id}`}
          label={view.name}
          icon={IconLayoutList}
          active={path.split("/")[2] === `view-${view.id}`}
          slim={slim}
          testid={`view-${view.id}`}
          right={slim ? undefined : <ViewBadge id={view.id} />}
        />
      ))}
      {making && (
        <Suspense>
          <ViewDialog
            view={null}
            onClose={(made) => {
              setMaking(false);
              if (made) go(`/inbox/view-${made.id}`);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
