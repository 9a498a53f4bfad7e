/** Whether an MQTT topic filter matches an MQTT topic, as defined in MQTT 5, section 4.7. */
export function matchesTopicFilter(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && !filter.startsWith('$')) return false;
  const levels = topic.split('/');
  const wanted = filter.split('/');
  for (const [index, level] of wanted.entries()) {
    // Selects the level above too.
    if (level === '#') return levels.length >= index;
    if (index >= levels.length) return false;
    if (level !== '+' && level !== levels[index]) return false;
  }
  return levels.length === wanted.length;
}
