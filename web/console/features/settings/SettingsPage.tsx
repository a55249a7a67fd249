/** Settings: only the parts that this person's role may see. */

import { Tabs, Title } from "@mantine/core";
import {
  IconAddressBook,
  IconBuildingStore,
  IconCode,
  IconHistory,
  IconKey,
  IconUsersGroup,
  type TablerIcon,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { Redirect, useLocation } from "wouter";
import { useDeskState } from "../../app/desk/context";
import { useT, type Key } from "../../app/i18n";
import { Sheet } from "../../app/Shell";
import { RowSkeletons } from "../../ui/States";
import { AgentsSection } from "./AgentsSection";
import { AuditSection } from "./AuditSection";
import { ShopSection } from "./ShopSection";
import { TeamsSection } from "./TeamsSection";
import { TokensSection } from "./TokensSection";
import { WidgetSection } from "./WidgetSection";

interface Section {
  name: string;
  label: Key;
  icon: TablerIcon;
  needs: string;
  view: ComponentType;
}

const SECTIONS: Section[] = [
  { name: "shop", label: "settings.shop", icon: IconBuildingStore, needs: "shop.configure", view: ShopSection },
  { name: "widget", label: "settings.widget", icon: IconCode, needs: "shop.configure", view: WidgetSection },
  { name: "agents", label: "settings.agents", icon: IconAddressBook, needs: "agent.invite", view: AgentsSection },
  { name: "teams", label: "settings.teams", icon: IconUsersGroup, needs: "team.manage", view: TeamsSection },
  { name: "tokens", label: "settings.tokens", icon: IconKey, needs: "token.manage", view: TokensSection },
  { name: "audit", label: "settings.audit", icon: IconHistory, needs: "audit.read", view: AuditSection },
];

export default function SettingsPage({ section }: { section: string | undefined }) {
  const t = useT();
  const [, go] = useLocation();
  const ready = useDeskState((state) => state.ready);
  const permissions = useDeskState((state) => state.permissions);
  if (!ready) return <RowSkeletons />;
  const mine = SECTIONS.filter((each) => permissions.includes(each.needs));
  const shown = mine.find((each) => each.name === section);
  if (!shown) return <Redirect to={mine[0] ? `/settings/${mine[0].name}` : "/inbox/waiting"} replace />;
  const View = shown.view;
  return (
    <Sheet wide>
      <Title order={1} fz="1.5rem">
        {t("nav.settings")}
      </Title>
      <Tabs value={shown.name} onChange={(name) => name && go(`/settings/${name}`)} keepMounted={false}>
        <Tabs.List mb="lg">
          {mine.map(({ name, label, icon: Icon }) => (
            <Tabs.Tab key={name} value={name} leftSection={<Icon size={16} stroke={1.7} />} data-testid={`settings-${name}`}>
              {t(label)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={shown.name}>
          <View />
        </Tabs.Panel>
      </Tabs>
    </Sheet>
  );
}
