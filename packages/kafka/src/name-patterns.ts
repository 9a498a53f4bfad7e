/**
 * Whether the name of a topic, group, header or cluster matches one of these patterns, in which
 * `*` matches any text.
 */
export function isOneOf(name: string, patterns: readonly string[]): boolean {
  return patterns.some(pattern => {
    if (!pattern.includes('*')) return pattern === name;
    const [first = '', ...rest] = pattern.split('*');
    const last = rest.pop() ?? '';
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= name.length - last.length;
  });
}
