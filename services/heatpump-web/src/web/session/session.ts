import { useSyncExternalStore } from 'react';
import { z } from 'zod';

const answerSchema = z.object({
  signedIn: z.boolean(),
  name: z.string().nullable(),
  signIn: z.enum(['password', 'issuer']),
});

/** Whether somebody is signed in on this device, as far as that is known. */
export type SessionState =
  | { readonly status: 'unknown' }
  /** The server cannot be asked; what is remembered may still be shown. */
  | { readonly status: 'unreachable' }
  | { readonly status: 'signed-out'; readonly signIn: 'password' | 'issuer' }
  | { readonly status: 'signed-in'; readonly name: string };

/** Why signing in did not work, for the person who tried. */
export interface SignInFailure {
  readonly sentence: string;
}

let state: SessionState = { status: 'unknown' };
const listeners = new Set<() => void>();

function become(next: SessionState): void {
  if (JSON.stringify(next) === JSON.stringify(state)) return;
  state = next;
  for (const listener of listeners) listener();
}

/** The state of the session. */
export function useSession(): SessionState {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => state,
  );
}

/** Asks the server who is signed in. */
export async function refreshSession(): Promise<void> {
  try {
    const response = await fetch('/session', {
      cache: 'no-store',
      signal: AbortSignal.timeout(8_000),
    });
    const answer = answerSchema.parse(await response.json());
    become(
      answer.signedIn
        ? { status: 'signed-in', name: answer.name ?? 'household' }
        : { status: 'signed-out', signIn: answer.signIn },
    );
  } catch {
    // A page that is in use stays so: its values tell their age.
    if (state.status !== 'signed-in') become({ status: 'unreachable' });
  }
}

/** Signs in with the household password; undefined when that worked. */
export async function signIn(
  password: string,
): Promise<SignInFailure | undefined> {
  try {
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ password }),
    });
    if (response.ok) {
      await refreshSession();
      return undefined;
    }
    return { sentence: failureOf(response) };
  } catch {
    return {
      sentence:
        'The house cannot be reached. Check the network, then try again.',
    };
  }
}

function failureOf({ status, headers }: Response): string {
  if (status === 401) return 'That is not the password.';
  if (status === 429) {
    const seconds = Number(headers.get('retry-after') ?? 60);
    return `Too many attempts. Try again in ${seconds} seconds.`;
  }
  if (status === 503)
    return 'There is no password yet. Set one with ./homelab password.';
  return 'Signing in did not work. Try again.';
}

/** Signs this device out, also when the server cannot be told. */
export async function signOut(): Promise<void> {
  await fetch('/session', { method: 'DELETE' }).catch(() => {});
  become({ status: 'unknown' });
  await refreshSession();
}
