/** The name in an entity reference of a user; the text itself when it is none. */
export function userName(ref: string): string {
  return /^user:[^/]+\/(.+)$/.exec(ref)?.[1] ?? ref;
}
