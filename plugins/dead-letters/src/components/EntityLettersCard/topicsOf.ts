/**
 * The dead-letter topics of one cluster that an annotation names.
 * @param annotation `cluster/topic`, or a topic alone, separated by commas
 */
export function topicsOf(annotation: string, cluster: string): string[] {
  return annotation
    .split(',')
    .map(part => part.trim())
    .flatMap(part => {
      const [first = '', second] = part.split('/');
      if (second === undefined) return first === '' ? [] : [first];
      return first === cluster ? [second] : [];
    });
}
