/** Which screen: sign-in, an invitation, a new password, or the desk. */

import { Center, Loader } from "@mantine/core";
import { lazy, Suspense, useCallback } from "react";
import { Redirect, Route, Switch } from "wouter";
import { SignIn } from "../features/auth/SignIn";
import { InboxPage } from "../features/inbox/InboxPage";
import { Failed } from "../ui/States";
import { DeskProvider } from "./desk/context";
import { chooseShop, chosenShop, leave, readMe, session } from "./session";
import { Shell } from "./Shell";
import { NoShop } from "../features/auth/NoShop";
import { useStore } from "./store";
import type { Me } from "./types";

const AcceptInvitation = lazy(() => import("../features/auth/AcceptInvitation"));
const ResetPassword = lazy(() => import("../features/auth/ResetPassword"));
const NoticesPage = lazy(() => import("../features/notifications/NoticesPage"));
const BoardPage = lazy(() => import("../features/board/BoardPage"));
const PromisesPage = lazy(() => import("../features/promises/PromisesPage"));
const DecisionsPage = lazy(() => import("../features/decisions/DecisionsPage"));
const SearchPage = lazy(() => import("../features/search/SearchPage"));
const PeoplePage = lazy(() => import("../features/people/PeoplePage"));
const QualityPage = lazy(() => import("../features/quality/QualityPage"));
const PlanPage = lazy(() => import("../features/plan/PlanPage"));
const SettingsPage = lazy(() => import("../features/settings/SettingsPage"));
const AccountPage = lazy(() => import("../features/account/AccountPage"));
const ContactsPage = lazy(() => import("../features/contacts/ContactsPage"));
const SetUp = lazy(() => import("../features/welcome/SetUp"));
const WelcomePage = lazy(() => import("../features/welcome/WelcomePage"));

export function Busy() {
  return (
    <Center h="100%" mih="60dvh">
      <Loader type="dots" />
    </Center>
  );
}

export function Screens() {
  return (
    <Suspense fallback={<Busy />}>
      <Switch>
        <Route path="/reset/:key?">{({ key }) => <ResetPassword resetKey={key} />}</Route>
        <Route path="/start/:token">{({ token }) => <SetUp token={token} />}</Route>
        <Route path="/invitation/:token">{({ token }) => <AcceptInvitation token={token} />}</Route>
        <Route>
          <Session />
        </Route>
      </Switch>
    </Suspense>
  );
}

function Session() {
  const state = useStore(session, (each) => each);
  if (state.status === "checking") return <Busy />;
  if (state.status === "failed") return <Failed onRetry={() => void readMe()} />;
  if (state.status === "out") return <SignIn why={state.why} />;
  return <SignedIn me={state.me} why={state.why} />;
}

function SignedIn({ me, why }: { me: Me; why: string | undefined }) {
  const chosen = useStore(chosenShop, (id) => id);
  const shop = me.shops.find((each) => each.id === chosen) ?? me.shops[0];
  const revoked = useCallback((why: string) => {
    leave(why);
    // Still signed in, perhaps with another role or another shop: the server knows.
    void readMe();
  }, []);
  if (!shop) return <NoShop email={me.user.email} why={why} />;
  return (
    <DeskProvider key={shop.agent_id} shopId={shop.id} agentId={shop.agent_id} onRevoked={revoked}>
      <Shell me={me} shopId={shop.id} onShop={chooseShop}>
        <Suspense fallback={<Busy />}>
          <Switch>
            <Route path="/inbox/:queue/:id?">
              {({ queue, id }) => <InboxPage queue={queue} conversation={id ? Number(id) : null} />}
            </Route>
            <Route path="/contacts/:id?">{({ id }) => <ContactsPage contact={id ? Number(id) : null} />}</Route>
            <Route path="/welcome">
              <WelcomePage me={me} shopId={shop.id} />
            </Route>
            <Route path="/search" component={SearchPage} />
            <Route path="/people" component={PeoplePage} />
            <Route path="/decisions" component={DecisionsPage} />
            <Route path="/board" component={BoardPage} />
            <Route path="/promises" component={PromisesPage} />
            <Route path="/quality" component={QualityPage} />
            <Route path="/notifications" component={NoticesPage} />
            <Route path="/plan/:section?">{({ section }) => <PlanPage section={section} />}</Route>
            <Route path="/settings/:section?">{({ section }) => <SettingsPage section={section} />}</Route>
            <Route path="/account">
              <AccountPage me={me} />
            </Route>
            <Route>
              <Redirect to={shop.welcome ? "/welcome" : "/inbox/waiting"} replace />
            </Route>
          </Switch>
        </Suspense>
      </Shell>
    </DeskProvider>
  );
}
