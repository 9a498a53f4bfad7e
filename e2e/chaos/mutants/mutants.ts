/** One place in the real code, broken on purpose. */
export interface Mutant {
  /** Path in the repository. */
  readonly file: string;
  /** Occurs in the file exactly once. */
  readonly original: string;
  readonly replacement: string;
}

/** Each removes what a guarantee of bridge or sink relies on. */
export const mutants = {
  /** A late acknowledgement is written to the current connection, where its id belongs to another message. */
  'no-connection-guard': {
    file: 'services/mqtt-kafka-bridge/src/mqtt-source.ts',
    original: 'onMessage: message => take(message, current),',
    replacement:
      'onMessage: message => take(message, { acknowledge: ids => connection?.acknowledge(ids) ?? false }),',
  },
  /** The broker discards a message that Kafka does not have yet. */
  'acknowledge-before-kafka': {
    file: 'services/mqtt-kafka-bridge/src/delivery.ts',
    original: 'await deps.send(batch.records);',
    replacement: 'deps.send(batch.records).catch(() => {});',
  },
  /** The group commits a value whose reading Kafka does not have yet. */
  'commit-before-reading': {
    file: 'services/mqtt-kafka-bridge/src/assembler/partition.ts',
    original: 'const done = states.pendingFrom() ?? next;',
    replacement: 'const done = next;',
  },
  /** An existing row is written again; the table has no key that would refuse it. */
  'no-unique-key': {
    file: 'services/timescale-sink/src/statements.ts',
    original: 'ON CONFLICT (${keyNames}) DO NOTHING',
    replacement: '',
  },
  /** The group commits a record that the database does not have yet. */
  'commit-before-database': {
    file: 'services/timescale-sink/src/stream-sink.ts',
    original: '      await settle(batch);',
    replacement: '      await batch.commit();\n      await settle(batch);',
  },
} as const satisfies Record<string, Mutant>;

export type MutantName = keyof typeof mutants;

/** Whether a text names a mutant. */
export function isMutantName(text: string | undefined): text is MutantName {
  return text !== undefined && Object.hasOwn(mutants, text);
}

/**
 * Breaks the source of a file. Throws unless the place occurs exactly once: a mutant that
 * changes nothing would prove nothing.
 */
export function applyMutant(mutant: Mutant, source: string): string {
  const { file, original, replacement } = mutant;
  const count = source.split(original).length - 1;
  if (count !== 1) {
    throw new Error(
      `The mutant no longer applies: "${original}" occurs ${count} times in ${file}, not once. Fix e2e/chaos/mutants/mutants.ts.`,
    );
  }
  return source.replace(original, () => replacement);
}
