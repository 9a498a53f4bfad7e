/** Tells whether an MQTT topic filter (with `+` and `#`) selects an MQTT topic. */
export function matchesTopicFilter(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  // A filter that starts with a wildcard never selects the broker's own $SYS topics.
  if (topic.startsWith('$') && !filter.startsWith('$')) return false;
  for (const [index, part] of wanted.entries()) {
    if (part === '#') return true;
    if (index >= levels.length) return false;
    if (part !== '+' && part !== levels[index]) return false;
  }
  return wanted.length === levels.length;
}
