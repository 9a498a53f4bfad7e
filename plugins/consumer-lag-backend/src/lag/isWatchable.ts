/** The longest name that fits into the plugin's database. */
const longestName = 255;

/**
 * Whether a consumer group can be watched. Kafka allows any name; one that is empty, very long or
 * contains NUL cannot be stored and would make the whole poll fail.
 */
export function isWatchable(groupId: string): boolean {
  return (
    groupId !== '' && groupId.length <= longestName && !groupId.includes('\0')
  );
}
