/** The second factors of the person who is signed in. */

import { useCallback, useEffect, useState } from "react";
import { auth, type Authenticator } from "../../app/session";

export interface Authenticators {
  list: readonly Authenticator[] | null;
  reload: () => void;
}

export function useAuthenticators(): Authenticators {
  const [list, setList] = useState<readonly Authenticator[] | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    auth.authenticators().then(
      (found) => wanted && setList(found),
      () => wanted && setList([]),
    );
    return () => void (wanted = false);
  }, [round]);
  const reload = useCallback(() => setRound((now) => now + 1), []);
  return { list, reload };
}
