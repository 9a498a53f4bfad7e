import type { HouseState } from './house-store.ts';

/** Who is silent between the house and this page, if anybody is. */
export type Silence =
  | { readonly link: 'none' }
  /** The page opens its first connection. */
  | { readonly link: 'connecting' }
  /** This device has no network. */
  | { readonly link: 'device' }
  /** The page's server, or the server of live readings, does not answer. */
  | { readonly link: 'server'; readonly sinceMs: number }
  /** The server answers, but no readings reach it. */
  | { readonly link: 'pipeline'; readonly detail: string };

/** Finds the link that is broken. */
export function silenceOf(
  state: Pick<HouseState, 'live' | 'heardAtMs'>,
  isOnline: boolean,
): Silence {
  const { live, heardAtMs } = state;
  if (live.status === 'open') {
    return live.pipeline === undefined || live.pipeline.ok
      ? { link: 'none' }
      : { link: 'pipeline', detail: live.pipeline.detail };
  }
  if (!isOnline) return { link: 'device' };
  if (live.status === 'lost' || live.status === 'refused')
    return { link: 'server', sinceMs: heardAtMs ?? live.sinceMs };
  return { link: 'connecting' };
}
