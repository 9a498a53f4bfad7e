import { InputError, NotFoundError } from '@backstage/errors';
import {
  followLedger,
  listLetters,
  summariseLetters,
} from '@homelab/dead-letters';
import type {
  Ledger,
  LetterFilter,
  LetterFormat,
  LetterSummary,
} from '@homelab/dead-letters';
import {
  describeReason,
  maskedText,
} from '@homelab/plugin-dead-letters-common';
import type {
  DeadLetter,
  DeadLetterTopic,
  LettersPage,
  LettersQuery,
} from '@homelab/plugin-dead-letters-common';
import { isFresh } from '@homelab/portal-common';
import type {
  ClusterSnapshot,
  KafkaCluster,
  TopicSnapshot,
} from '@homelab/kafka-clusters';
import { createClusterReader, offsetsOf } from './clusterReader';
import type { DeadLettersConfig } from '../../config';
import { readCursor, writeCursor } from './letterCursor';
import { letterFormatFor } from './letterFormatFor';
import { letterStorage } from './letterStorage';
import type { Mask } from './masking';
import { showLetter } from './showLetter';

/** The dead letters of a cluster. */
export interface DeadLetterViews {
  /** Counts for every dead-letter topic; reads Kafka once per interval for all callers. */
  list(): Promise<{
    readonly checkedAtMs: number;
    readonly topics: readonly DeadLetterTopic[];
  }>;
  /** A page of a topic's letters, masked. */
  letters(
    topic: string,
    query: LettersQuery,
    /** Whether the caller may read their contents. */
    isOpen: boolean,
  ): Promise<Omit<LettersPage, 'now' | 'cluster'>>;
  /** @throws NotFoundError when there is no such dead-letter topic */
  requireTopic(topic: string): Promise<void>;
}

/** A summary with the fingerprint of its topic: valid until the fingerprint changes. */
interface KnownTopic {
  readonly fingerprint: string;
  readonly topic: TopicSummary;
}

/** The counts of a topic, without its title and size. */
type TopicSummary = Omit<DeadLetterTopic, 'title' | 'storage'>;

interface KnownList {
  readonly checkedAtMs: number;
  readonly ledger: Ledger;
  readonly topics: readonly (KnownTopic & {
    readonly storage: DeadLetterTopic['storage'];
  })[];
}

/** Lists cut long values; a letter requested by position is mostly shown whole. */
const listedSizes = { maxValueBytes: 16 * 1024, maxHeaderBytes: 4 * 1024 };
const singleSizes = { maxValueBytes: 1024 * 1024, maxHeaderBytes: 64 * 1024 };
/** The most letters to read for one page. */
const maxExaminedForPage = 20_000;

/** Creates the views of one cluster's dead letters. */
export function createDeadLetterViews(deps: {
  readonly cluster: KafkaCluster;
  readonly config: DeadLettersConfig;
  readonly mask: Mask;
  readonly now?: () => number;
}): DeadLetterViews {
  const { cluster, config, mask, now = Date.now } = deps;
  const reader = createClusterReader(cluster);
  const follower = followLedger(reader, reader, config.places.ledgerTopic);
  let known: KnownList | undefined;
  let reading: Promise<KnownList> | undefined;

  async function summarise(
    name: string,
    snapshot: ClusterSnapshot,
    ledger: Ledger,
  ): Promise<TopicSummary> {
    try {
      const offsets = offsetsOf(name, snapshot.topics.get(name));
      const [summary] = await summariseLetters({
        kafka: reader,
        admin: { topicOffsets: async () => offsets },
        topics: [name],
        ledger,
        format: formatFor(name),
        maxExamined: config.maxExamined,
      });
      return shownSummary(summary, config.reasons);
    } catch (error) {
      return unreadable(name, error);
    }
  }

  const formatFor = (topic: string): LetterFormat =>
    letterFormatFor(topic, config, mask);

  async function readList(): Promise<KnownList> {
    const checkedAtMs = now();
    const snapshot = await cluster.snapshot({
      includeGroup: () => false,
      includeTopic: config.topics.isDeadLetterTopic,
    });
    const ledger = await follower.current();
    const isSameLedger = ledger === known?.ledger;
    const storageOf = await readStorage(snapshot);
    const topics: KnownList['topics'][number][] = [];
    for (const [name, described] of snapshot.topics) {
      if (!config.topics.isDeadLetterTopic(name)) continue;
      const fingerprint = fingerprintOf(snapshot, name);
      const earlier = known?.topics.find(
        one =>
          isSameLedger &&
          one.topic.topic === name &&
          one.fingerprint === fingerprint,
      );
      topics.push({
        fingerprint,
        topic: earlier?.topic ?? (await summarise(name, snapshot, ledger)),
        storage: storageOf(described),
      });
    }
    known = { checkedAtMs, ledger, topics };
    return known;
  }

  async function readStorage(snapshot: ClusterSnapshot) {
    const [settings, sizes] = await Promise.all([
      cluster.topicSettings([...snapshot.topics.keys()]),
      cluster.partitionSizes(snapshot),
    ]);
    return (topic: TopicSnapshot) =>
      letterStorage(
        topic,
        settings.find(one => one.topic === topic.name),
        sizes.get(topic.name),
      );
  }

  async function freshList(): Promise<KnownList> {
    const forMs = config.refreshIntervalMs;
    if (known && isFresh(known.checkedAtMs, { nowMs: now(), forMs }))
      return known;
    reading ??= readList().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function requireTopic(topic: string): Promise<void> {
    if (config.topics.isDeadLetterTopic(topic) && (await exists(topic))) return;
    throw new NotFoundError(
      `There is no dead-letter topic ${topic}; deadLetters.topics says which topics are dead-letter topics.`,
    );
  }

  async function exists(topic: string): Promise<boolean> {
    const { topics } = await cluster.snapshot({
      includeGroup: () => false,
      includeTopic: name => name === topic,
    });
    return topics.has(topic);
  }

  return {
    requireTopic,
    async list() {
      const { checkedAtMs, topics } = await freshList();
      return {
        checkedAtMs,
        topics: topics
          .map(({ topic, storage }) => ({
            ...topic,
            title: Object.hasOwn(config.titles, topic.topic)
              ? config.titles[topic.topic]
              : null,
            storage,
          }))
          .sort(
            (a, b) =>
              b.waiting - a.waiting || a.topic.localeCompare(b.topic, 'en'),
          ),
      };
    },
    async letters(topic, query, isOpen) {
      await requireTopic(topic);
      const ledger = await follower.current();
      const page = await listLetters({
        kafka: reader,
        admin: reader,
        topic,
        format: formatFor(topic),
        filter: filterOf(query, mask),
        limit: query.limit,
        before:
          query.before === undefined ? undefined : readCursor(query.before),
        maxExamined: maxExaminedForPage,
      });
      const sizes = query.at === undefined ? listedSizes : singleSizes;
      return {
        topic,
        isOpen,
        letters: page.letters.map(letter => {
          const shown = showLetter(letter, {
            mask,
            places: config.places,
            reasons: config.reasons,
            ledger,
            sizes,
          });
          return isOpen ? shown : locked(shown);
        }),
        examined: page.examined,
        nextCursor: page.next ? writeCursor(page.next) : null,
      };
    },
  };
}

/** A letter without its contents. */
function locked(letter: DeadLetter): DeadLetter {
  const { sizeBytes } = letter.value;
  return {
    ...letter,
    message: '',
    headers: [],
    value: {
      kind: 'masked',
      text: maskedText,
      sizeBytes,
      hiddenBytes: sizeBytes,
      isMasked: true,
    },
  };
}

/** @throws InputError for a filter that would reveal masked keys */
function filterOf(query: LettersQuery, mask: Mask): LetterFilter {
  const { code, stage, key, since, until, at } = query;
  if (key !== undefined && mask.config.keys)
    throw new InputError(
      'Keys are masked here, so letters cannot be filtered by key.',
    );
  const [partition, offset] = at?.split(':') ?? [];
  return {
    ...(code && { codes: code }),
    ...(stage !== undefined && { stage }),
    ...(key !== undefined && { key }),
    ...(since !== undefined && { sinceMs: Date.parse(since) }),
    ...(until !== undefined && { untilMs: Date.parse(until) }),
    ...(at !== undefined && { at: [{ partition: Number(partition), offset }] }),
  };
}

/** The fingerprint of a topic: it changes whenever the letters do. */
function fingerprintOf({ topics }: ClusterSnapshot, name: string): string {
  const topic = topics.get(name);
  if (topic === undefined) return '-';
  const offsets = topic.partitions.map(
    ({ partition, low, stable, problem }) =>
      `${partition}:${low}-${stable}${problem ? problem.code : ''}`,
  );
  return [topic.id, topic.problem?.code, ...offsets].join(' ');
}

function shownSummary(
  summary: LetterSummary,
  reasons: DeadLettersConfig['reasons'],
): TopicSummary {
  const { oldestFailedAtMs, newestFailedAtMs, rest } = summary;
  const time = (timeMs: number | undefined) =>
    timeMs === undefined ? null : new Date(timeMs).toISOString();
  return {
    topic: summary.topic,
    letters: summary.letters,
    isPartial: summary.isPartial,
    examined: summary.examined,
    waiting: summary.waiting,
    redriven: summary.redriven,
    oldestFailedAt: time(oldestFailedAtMs),
    newestFailedAt: time(newestFailedAtMs),
    groups: [
      ...summary.codes.map(one => ({
        ...one,
        reason: describeReason(one.code, reasons),
        isRest: false,
      })),
      ...(rest
        ? [{ code: 'other', reason: 'Other reasons', isRest: true, ...rest }]
        : []),
    ],
    problem: null,
  };
}

function unreadable(topic: string, error: unknown): TopicSummary {
  return {
    topic,
    letters: 0,
    isPartial: false,
    examined: 0,
    waiting: 0,
    redriven: 0,
    oldestFailedAt: null,
    newestFailedAt: null,
    groups: [],
    problem:
      error instanceof Error ? error.message : 'The topic could not be read.',
  };
}
