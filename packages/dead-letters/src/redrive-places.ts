import { isOneOf } from '@homelab/kafka';

/** The Kafka topics that a redrive writes to, and the id under which it does. */
export interface RedrivePlaces {
  /** A compacted topic of which letter was redriven when. */
  readonly ledgerTopic: string;
  /** Target topics, by origin, for origins that are not Kafka topic names. */
  readonly targetOf: Readonly<Record<string, string>>;
  /**
   * Other topics that may be written to; no further one is, whatever a header says. `*`
   * matches any text.
   */
  readonly originTopics: readonly string[];
  /** One for all dead-letter topics, so a concurrent redrive is fenced. */
  readonly transactionalId: string;
}

/**
 * The Kafka topic that letters of this origin go to; undefined when none may be written
 * to.
 */
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
