import {
  formatDuration,
  formatRate,
  formatTimeLag,
} from '@homelab/plugin-consumer-lag-common';
import type {
  OverallSentence,
  TopicSummary,
} from '@homelab/plugin-consumer-lag-common';

const minute = 60_000;

/** Whether a consumer group of the topic is in trouble. */
export function isTroubled(topic: Pick<TopicSummary, 'readers'>): boolean {
  return topic.readers.some(
    ({ severity }) => severity === 'act' || severity === 'watch',
  );
}

/** One sentence about whether the topics are read in time. */
export function describeTopics(
  topics: readonly TopicSummary[],
): OverallSentence {
  const read = topics.filter(({ readers }) => readers.length > 0);
  const troubled = topics.filter(isTroubled);
  const acting = troubled.some(({ readers }) =>
    readers.some(({ severity }) => severity === 'act'),
  );
  if (topics.length === 0) {
    return { severity: 'unknown', text: 'No Kafka topic has been seen yet.' };
  }
  if (read.length === 0) {
    return {
      severity: 'unknown',
      text: 'No consumer group reads any of these Kafka topics.',
    };
  }
  const judged = read.filter(({ readers }) =>
    readers.every(({ severity }) => severity !== 'unknown'),
  );
  if (troubled.length === 0 && judged.length === 0) {
    return {
      severity: 'unknown',
      text: 'It is not yet known whether the Kafka topics are read in time.',
    };
  }
  if (troubled.length === 0 && judged.length < read.length) {
    return {
      severity: 'unknown',
      text: `${judged.length} of ${read.length} Kafka topics ${judged.length === 1 ? 'is' : 'are'} read in time; the others are not yet known.`,
    };
  }
  if (troubled.length === 0) {
    return {
      severity: 'ok',
      text:
        read.length === 1
          ? 'The one Kafka topic with a consumer group is read in time.'
          : `All ${read.length} Kafka topics with a consumer group are read in time.`,
    };
  }
  return {
    severity: acting ? 'act' : 'watch',
    text: `${troubled.length} of ${read.length} Kafka topics ${troubled.length === 1 ? 'has' : 'have'} a consumer group that does not keep up.`,
  };
}

/** One sentence about a topic's rate, and which group does not keep up. */
export function describeTopic(
  topic: Pick<
    TopicSummary,
    'topic' | 'producedPerSecond' | 'readers' | 'movedAt' | 'problem'
  >,
  nowMs: number,
): OverallSentence {
  const { readers } = topic;
  const comes = flowOf(topic, nowMs);
  const worst = readers.find(
    ({ severity }) => severity === 'act' || severity === 'watch',
  );
  if (topic.problem !== null) {
    return {
      severity: 'unknown',
      text: `${topic.topic} could not be read: ${topic.problem.message}`,
    };
  }
  if (worst !== undefined) {
    const behind = formatTimeLag(worst.timeLag);
    const others = readers.filter(
      ({ severity }) => severity === 'act' || severity === 'watch',
    ).length;
    const more = others > 1 ? `, and ${others - 1} more` : '';
    return {
      severity: worst.severity,
      text: `${comes}; ${worst.groupId} does not keep up${behind === '' ? '' : `, ${behind} behind`}${more}.`,
    };
  }
  if (readers.length === 0) {
    return {
      severity: 'unknown',
      text: `${comes}; no consumer group reads it.`,
    };
  }
  const unknown = readers.filter(({ severity }) => severity === 'unknown');
  if (unknown.length > 0) {
    return {
      severity: 'unknown',
      text: `${comes}; it is unknown whether ${unknown.length === 1 ? `${unknown[0]?.groupId} reads` : `${unknown.length} groups read`} it in time.`,
    };
  }
  return {
    severity: 'ok',
    text: `${comes}; ${readers.length === 1 ? `${readers[0]?.groupId} reads it` : `${readers.length} groups read it`} in time.`,
  };
}

function flowOf(
  topic: Pick<TopicSummary, 'topic' | 'producedPerSecond' | 'movedAt'>,
  nowMs: number,
): string {
  const { topic: name, producedPerSecond, movedAt } = topic;
  if (producedPerSecond === null)
    return `${name} has not been watched long enough`;
  if (producedPerSecond > 0) {
    return `${name} receives ${formatRate(producedPerSecond)} records per second`;
  }
  if (movedAt === null)
    return `Nothing has arrived in ${name} since it has been watched`;
  const quietMs = nowMs - Date.parse(movedAt);
  return quietMs < minute
    ? `Few records arrive in ${name}`
    : `Nothing has arrived in ${name} for ${formatDuration(quietMs)}`;
}
