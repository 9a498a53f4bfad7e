import { join } from 'node:path';
import type { Command } from 'commander';
import { createKafkaClient, kafkaEnv, KafkaError } from '@homelab/kafka';
import { createLogger, parseEnv } from '@homelab/service-kit';
import type { KafkaAdmin, KafkaClient } from '@homelab/kafka';
import { z } from 'zod';
import { checkoutRoot, homelabFolder } from '../folders.ts';
import { HomelabError } from '../homelab-error.ts';
import { readRunState } from '../runner/run-state.ts';
import { isSupervised } from './down.ts';

/** The option for a Kafka other than this checkout's. */
export interface BrokersOption {
  brokers?: string;
}

/** Adds the option `--brokers`. */
export function withBrokers(command: Command): Command {
  return command.option(
    '--brokers <HOST:PORT,...>',
    'a Kafka other than that of this checkout',
  );
}

const brokersSchema = z.object({ brokers: kafkaEnv.KAFKA_BROKERS });

/**
 * The brokers to use: those of the option, else of KAFKA_BROKERS, else of the running stack.
 * @throws HomelabError when none are named and no stack runs
 */
export function chooseBrokers(
  option: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): readonly string[] {
  const named = option ?? env.KAFKA_BROKERS;
  if (named === undefined || named === '') return runningBrokers();
  try {
    return parseEnv(brokersSchema, { brokers: named }).brokers;
  } catch {
    throw new HomelabError(
      'wrong-usage',
      `"${named}" names no Kafka: write HOST:PORT, several separated by commas.`,
    );
  }
}

function runningBrokers(): readonly string[] {
  const state = readRunState(join(homelabFolder(checkoutRoot), 'run'));
  const kafka =
    state && isSupervised(state)
      ? state.processes.find(({ name }) => name === 'kafka')
      : undefined;
  const port = kafka?.ports.find(({ label }) => label === 'Kafka')?.port;
  if (kafka?.status === 'ready' && port !== undefined)
    return [`127.0.0.1:${port}`];
  throw new HomelabError(
    'not-ready',
    'The Kafka of this checkout is not running: start everything with "./homelab up", or name another one with --brokers HOST:PORT.',
  );
}

/** The work of a command on Kafka. */
export interface KafkaTools {
  kafka: KafkaClient;
  admin: KafkaAdmin;
}

/**
 * Connects, does the work and disconnects.
 * @throws HomelabError with the sentence of a KafkaError
 */
export async function withKafka(
  brokers: readonly string[],
  use: (tools: KafkaTools) => Promise<void>,
): Promise<void> {
  const kafka = createKafkaClient({
    brokers,
    clientId: 'homelab-cli',
    // Failures that the client recovers from are of no interest at the terminal.
    logger: createLogger({ component: 'homelab-cli', level: 'error' }),
  });
  const admin = kafka.admin();
  try {
    await admin.start();
    await use({ kafka, admin });
  } catch (error) {
    throw error instanceof KafkaError ? explained(error, brokers) : error;
  } finally {
    await admin.stop().catch(() => {});
  }
}

function explained(error: KafkaError, brokers: readonly string[]) {
  if (error.code === 'UNKNOWN_TOPIC_OR_PARTITION') {
    return new HomelabError(
      'not-ready',
      `A Kafka topic of Homelab is missing on ${brokers.join(', ')}: create it with "./homelab topics apply".`,
      { cause: error },
    );
  }
  return new HomelabError(
    'step-failed',
    `Kafka at ${brokers.join(', ')}: ${error.message}`,
    { cause: error },
  );
}
