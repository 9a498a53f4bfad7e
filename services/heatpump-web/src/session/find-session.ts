import type { HouseholdPassword } from './household-password.ts';
import type { Session, Sessions } from './sessions.ts';

/** The session of an id from a cookie, while it lasts. */
export type FindSession = (
  id: string | undefined,
) => Promise<Session | undefined>;

/** Creates the look-up; a password that was changed ends the sessions of the one before. */
export function createFindSession(deps: {
  sessions: Sessions;
  password: HouseholdPassword | undefined;
}): FindSession {
  const { sessions, password } = deps;
  return async id => {
    if (password) sessions.keepOnly(await password.credential());
    return id === undefined ? undefined : sessions.find(id);
  };
}
