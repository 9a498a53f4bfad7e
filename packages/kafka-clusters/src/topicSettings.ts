import type { ConfigsAnswer } from './answers';
import { describeConfigsApi } from './apis';
import type { BrokerVisit } from './brokers';
import { chunks } from '@homelab/portal-node';
import { problemOf, problemOfFailure } from './problems';
import type { TopicSettings } from './types';

const topicsPerRequest = 500;
const topicResource = 2 as const;
const configurationKeys = ['retention.ms', 'retention.bytes', 'cleanup.policy'];

/** Asks any broker for the settings of topics. */
export async function readTopicSettings(
  visit: BrokerVisit,
  names: readonly string[],
): Promise<readonly TopicSettings[]> {
  const ask = async (chunk: string[]): Promise<TopicSettings[]> => {
    try {
      const answer = await visit.sendToAny(describeConfigsApi, () => [
        chunk.map(resourceName => ({
          resourceType: topicResource,
          resourceName,
          configurationKeys,
        })),
      ]);
      return toTopicSettings(answer);
    } catch (error) {
      return chunk.map(topic => ({
        topic,
        retentionMs: null,
        retentionBytes: null,
        cleanupPolicy: null,
        problem: problemOfFailure(error, topicName(topic)),
      }));
    }
  };
  const all = await Promise.all(chunks(names, topicsPerRequest).map(ask));
  return all.flat();
}

/** Reads the settings of topics. */
export function toTopicSettings(answer: ConfigsAnswer): TopicSettings[] {
  return answer.results.map(({ resourceName, errorCode, configs }) => {
    const problem = problemOf(errorCode, topicName(resourceName));
    const valueOf = (name: string) =>
      configs.find(one => one.name === name)?.value ?? null;
    return {
      topic: resourceName,
      retentionMs: toBound(valueOf('retention.ms')),
      retentionBytes: toBound(valueOf('retention.bytes')),
      cleanupPolicy: valueOf('cleanup.policy'),
      ...(problem && { problem }),
    };
  });
}

/** -1 means that there is no bound. */
function toBound(text: string | null): number | null {
  if (text === null || !/^\d+$/.test(text)) return null;
  return Number(text);
}

function topicName(topic: string): string {
  return `The Kafka topic ${topic}`;
}
