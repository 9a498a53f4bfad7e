/** The name in a user's entity reference, or the text itself if it is not one. */
export function userName(ref: string): string {
  return /^user:[^/]+\/(.+)$/.exec(ref)?.[1] ?? ref;
}
