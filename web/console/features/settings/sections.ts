/** The sections of the settings. A new one is a file with a default export, one line here, and its words. */

import {
  IconAddressBook,
  IconArrowsSplit2,
  IconBell,
  IconBolt,
  IconBuildingCommunity,
  IconBuildingStore,
  IconCertificate,
  IconClockHour4,
  IconCode,
  IconForms,
  IconHistory,
  IconHourglass,
  IconKey,
  IconMail,
  IconMailExclamation,
  IconRobot,
  IconShieldCheck,
  IconSignature,
  IconSparkles,
  IconStairsUp,
  IconTag,
  IconUsersGroup,
  type TablerIcon,
} from "@tabler/icons-react";
import { lazy, type ComponentType } from "react";
import type { Key } from "../../app/i18n";

/** In the order of the list. */
export const GROUPS = ["own", "shop", "people", "work", "safety"] as const;

export interface Section {
  /** The last part of its address, `/settings/<name>`. */
  name: string;
  group: (typeof GROUPS)[number];
  label: Key;
  /** One sentence below the title. */
  hint?: Key;
  icon: TablerIcon;
  /** The permission it asks for; null: everybody has it, because it is about oneself. */
  needs: string | null;
  /** Give it room for a table or a preview beside the form. */
  wide?: boolean;
  view: ComponentType;
}

export const SECTIONS: Section[] = [
  { name: "shop", group: "shop", label: "settings.shop", icon: IconBuildingCommunity, needs: "shop.configure", view: lazy(() => import("./ShopSection")) },
  { name: "business", group: "shop", label: "settings.business", hint: "business.hint", icon: IconCertificate, needs: "shop.configure", view: lazy(() => import("./BusinessSection")) },
  { name: "shops", group: "shop", label: "settings.shops", hint: "shops.hint", icon: IconBuildingStore, needs: "shop.configure", view: lazy(() => import("./ShopsSection")) },
  { name: "widget", group: "shop", label: "settings.widget", icon: IconCode, needs: "shop.configure", wide: true, view: lazy(() => import("./WidgetSection")) },
  { name: "hours", group: "shop", label: "settings.hours", hint: "hours.hint", icon: IconClockHour4, needs: "plan.manage", wide: true, view: lazy(() => import("./HoursSection")) },
  { name: "forms", group: "shop", label: "settings.forms", hint: "forms.hint", icon: IconForms, needs: "shop.configure", wide: true, view: lazy(() => import("./FormsSection")) },
  { name: "mailboxes", group: "shop", label: "settings.mailboxes", hint: "mailboxes.hint", icon: IconMail, needs: "shop.configure", view: lazy(() => import("./MailboxesSection")) },
  { name: "agents", group: "people", label: "settings.agents", icon: IconAddressBook, needs: "agent.invite", view: lazy(() => import("./AgentsSection")) },
  { name: "roles", group: "people", label: "settings.roles", hint: "roles.hint", icon: IconShieldCheck, needs: "agent.invite", wide: true, view: lazy(() => import("./RolesSection")) },
  { name: "teams", group: "people", label: "settings.teams", icon: IconUsersGroup, needs: "team.manage", view: lazy(() => import("./TeamsSection")) },
  { name: "routing", group: "work", label: "settings.routing", hint: "routing.hint", icon: IconArrowsSplit2, needs: "plan.manage", wide: true, view: lazy(() => import("./RoutingSection")) },
  { name: "automation", group: "work", label: "settings.automation", hint: "rule.hint", icon: IconRobot, needs: "plan.manage", wide: true, view: lazy(() => import("./AutomationSection")) },
  { name: "tags", group: "work", label: "settings.tags", hint: "tags.hint", icon: IconTag, needs: "tag.manage", view: lazy(() => import("./TagsSection")) },
  { name: "notifications", group: "own", label: "settings.notifications", hint: "settings.notificationsHint", icon: IconBell, needs: null, view: lazy(() => import("./NotificationsSection")) },
  { name: "signature", group: "own", label: "settings.signature", hint: "signature.hint", icon: IconSignature, needs: "conversation.reply", view: lazy(() => import("./SignatureSection")) },
  { name: "coach", group: "work", label: "settings.coach", hint: "coach.hint", icon: IconSparkles, needs: "conversation.reply", wide: true, view: lazy(() => import("./CoachSection")) },
  { name: "promises", group: "work", label: "settings.promises", hint: "sla.hint", icon: IconHourglass, needs: "plan.manage", wide: true, view: lazy(() => import("./PromisesSection")) },
  { name: "scripts", group: "work", label: "settings.scripts", hint: "settings.scriptsHint", icon: IconBolt, needs: "canned.manage", wide: true, view: lazy(() => import("./ScriptsSection")) },
  { name: "quarantine", group: "safety", label: "settings.quarantine", hint: "quarantine.hint", icon: IconMailExclamation, needs: "shop.configure", wide: true, view: lazy(() => import("./QuarantineSection")) },
  { name: "tokens", group: "safety", label: "settings.tokens", hint: "tokens.hint", icon: IconKey, needs: "token.manage", view: lazy(() => import("./TokensSection")) },
  { name: "ledger", group: "work", label: "settings.ledger", hint: "ledger.hint", icon: IconStairsUp, needs: "audit.read", wide: true, view: lazy(() => import("./LedgerSection")) },
  { name: "audit", group: "safety", label: "settings.audit", icon: IconHistory, needs: "audit.read", wide: true, view: lazy(() => import("./AuditSection")) },
];

export function sectionsFor(permissions: readonly string[]): Section[] {
  return SECTIONS.filter(({ needs }) => needs === null || permissions.includes(needs));
}
