/** Which screen: sign-in, an invitation, a new password, or the desk. */

import { Center, Loader } from "@mantine/core";
import { lazy, Suspense, useCallback, useState } from "react";
import { Redirect, Route, Switch } from "wouter";
import { SignIn } from "../features/auth/SignIn";
import { InboxPage } from "../features/inbox/InboxPage";
import { Failed } from "../ui/States";
import { DeskProvider } from "./desk/context";
import { leave, readMe, session } from "./session";
import { Shell } from "./Shell";
import { NoShop } from "../features/auth/NoShop";
import { useStore } from "./store";
import type { Me } from "./types";

const AcceptInvitation = lazy(() => import("../features/auth/AcceptInvitation"));
const ResetPassword = lazy(() => import("../features/auth/ResetPassword"));
const PeoplePage = lazy(() => import("../features/people/PeoplePage"));
const SettingsPage = lazy(() => import("../features/settings/SettingsPage"));
const AccountPage = lazy(() => import("../features/account/AccountPage"));

const SHOP_KEY = "sonnim:shop";

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
  const [chosen, setChosen] = useState(() => Number(sessionStorage.getItem(SHOP_KEY)));
  const shop = me.shops.find((each) => each.id === chosen) ?? me.shops[0];
  const revoked = useCallback((why: string) => {
    leave(why);
    // Still signed in, perhaps with another role or another shop: the server knows.
    void readMe();
  }, []);
  if (!shop) return <NoShop email={me.user.email} why={why} />;
  const choose = (id: number) => {
    sessionStorage.setItem(SHOP_KEY, String(id));
    setChosen(id);
  };
  return (
    <DeskProvider key={shop.id} shopId={shop.id} onRevoked={revoked}>
      <Shell me={me} shopId={shop.id} onShop={choose}>
        <Suspense fallback={<Busy />}>
          <Switch>
            <Route path="/inbox/:queue/:id?">
              {({ queue, id }) => <InboxPage queue={queue} conversation={id ? Number(id) : null} />}
            </Route>
            <Route path="/people" component={PeoplePage} />
            <Route path="/settings/:section?">{({ section }) => <SettingsPage section={section} />}</Route>
            <Route path="/account">
              <AccountPage me={me} />
            </Route>
            <Route>
              <Redirect to="/inbox/waiting" replace />
            </Route>
          </Switch>
        </Suspense>
      </Shell>
    </DeskProvider>
  );
}
