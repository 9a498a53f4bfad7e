import { isOneOf } from './letter-format.ts';

/** The Kafka topics that a redrive writes to, and the id under which it does. */
export interface RedrivePlaces {
  /** Which letter was redriven when: a compacted topic. */
  readonly ledgerTopic: string;
  /** Where letters go whose origin is not the name of their Kafka topic, by origin. */
  readonly targetOf: Readonly<Record<string, string>>;
  /**
   * Where records may go besides: no other Kafka topic is written to, whatever a header says.
   * `*` stands for any text.
   */
  readonly originTopics: readonly string[];
  /** One for all dead-letter topics: two redrives at once would shut each other out. */
  readonly transactionalId: string;
}

/** The Kafka topic that letters of this origin go to; undefined when there is none to write to. */
export function targetOf(
  origin: string | undefined,
  topic: string,
  places: Pick<RedrivePlaces, 'targetOf' | 'originTopics' | 'ledgerTopic'>,
): string | undefined {
  if (origin === undefined) return undefined;
  if (Object.hasOwn(places.targetOf, origin)) return places.targetOf[origin];
  const isSafe =
    origin !== topic &&
    origin !== places.ledgerTopic &&
    !origin.startsWith('__');
  return isSafe && isOneOf(origin, places.originTopics) ? origin : undefined;
}
