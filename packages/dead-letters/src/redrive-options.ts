import type { KafkaAdmin, KafkaClient, KafkaError } from '@homelab/kafka';
import type { Letter } from './letter.ts';
import type { LetterFilter, LetterPlace } from './letter-filter.ts';
import type { LetterFormat } from './letter-format.ts';
import type { RedrivePlaces } from './redrive-places.ts';

export interface RedriveOptions {
  readonly kafka: Pick<KafkaClient, 'read' | 'transactionalProducer'>;
  /** Started. */
  readonly admin: Pick<KafkaAdmin, 'topicOffsets'>;
  /** The dead-letter topic. */
  readonly topic: string;
  readonly format: LetterFormat;
  readonly places: RedrivePlaces;
  readonly filter?: LetterFilter;
  /**
   * Of each partition the offset before which letters are meant, so that a redrive sends
   * what a dry run saw; every letter there is now when absent.
   */
  readonly through?: readonly LetterPlace[];
  /** Says what would be sent and sends nothing. */
  readonly dryRun?: boolean;
  /** Letters that were redriven before this time are sent again; none when absent. */
  readonly againBeforeMs?: number;
  /** Most letters to send. */
  readonly limit?: number;
  /** Letters a second; as fast as it goes when absent. */
  readonly ratePerSecond?: number;
  /** Who asks for it, for the note of its beginning. */
  readonly by: string;
  /**
   * The id of an earlier attempt that this one goes on with: what that has sent counts as
   * sent by this one, and is never sent again. A new id when absent.
   */
  readonly redriveId?: string;
  /** Ends it after the transaction in hand. */
  readonly signal?: AbortSignal;
  /** Called for each letter that was sent or, in a dry run, would be. */
  readonly onLetter?: (letter: Letter, target: string) => void;
  /** Called now and then, and at the end, with how far it is. */
  readonly onProgress?: (progress: RedriveProgress) => void;
  readonly now?: () => number;
}

/** How far a redrive is. */
export interface RedriveProgress {
  /** Letters sent by all attempts, by the Kafka topic they went to. */
  readonly sent: ReadonlyMap<string, number>;
  /** Letters left out because another redrive has sent them before. */
  readonly redrivenBefore: number;
  /** Letters whose origin is no Kafka topic that a redrive may write to. */
  readonly originUnknown: number;
}

/** What a redrive has done or, as a dry run, would do. */
export interface RedriveOutcome extends RedriveProgress {
  readonly redriveId: string;
  readonly begunAtMs: number;
  readonly end: 'complete' | 'limit' | 'interrupted' | 'failed';
  /** Why it failed; what was sent until then stays sent and is noted. */
  readonly failure?: KafkaError;
}

/** The options with what was left to the redrive. */
export type RedriveContext = RedriveOptions & {
  readonly redriveId: string;
  readonly now: () => number;
};
