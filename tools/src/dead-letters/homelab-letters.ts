import type { LetterFormat, RedrivePlaces } from '@homelab/dead-letters';
import {
  deadLetterCodes,
  deadLetterHeaders,
  ingestRedriveTopic,
  kafkaTopics,
  redriveLedgerTopic,
} from '@homelab/telemetry';

/** The origin of messages from MQTT. */
const mqttOrigin = 'mqtt';

/** The headers of our own dead letters. */
export const letterFormat: LetterFormat = {
  headers: {
    code: [deadLetterHeaders.code],
    stage: [deadLetterHeaders.stage],
    message: [deadLetterHeaders.message],
    origin: [deadLetterHeaders.originTopic],
    failedAt: [deadLetterHeaders.lastFailedAt],
    redriveCount: [deadLetterHeaders.redriveCount],
  },
  codes: deadLetterCodes,
  failureHeaders: Object.values(deadLetterHeaders),
  redriveCountHeader: deadLetterHeaders.redriveCount,
};

/** Where our own letters are redriven to. */
export const redrivePlaces: RedrivePlaces = {
  ledgerTopic: redriveLedgerTopic,
  targetOf: { [mqttOrigin]: ingestRedriveTopic },
  originTopics: [...Object.values(kafkaTopics), ingestRedriveTopic],
  transactionalId: 'homelab-redrive',
};
