/** As long as a name may be in the database of the plugin. */
const longestName = 255;

/**
 * Whether a consumer group can be watched. Kafka takes any text for a name: one that is empty,
 * very long or holds a zero character cannot be stored, and would spoil the poll of all others.
 */
export function isWatchable(groupId: string): boolean {
  return (
    groupId !== '' && groupId.length <= longestName && !groupId.includes('\0')
  );
}
