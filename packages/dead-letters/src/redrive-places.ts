import {
  ingestRedriveTopic,
  kafkaTopics,
  redriveLedgerTopic,
} from '@homelab/telemetry';

/** The Kafka topics that a redrive writes to, and the id under which it does. */
export interface RedrivePlaces {
  /** Which letter was redriven when. */
  readonly ledgerTopic: string;
  /** Where MQTT messages wait for the bridge. */
  readonly ingestRedriveTopic: string;
  /** Where records may go back to: no other Kafka topic is written to, whatever a header says. */
  readonly originTopics: readonly string[];
  /** One for all dead-letter topics: two redrives at once would shut each other out. */
  readonly transactionalId: string;
}

/** The places of the pipeline. */
export const redrivePlaces: RedrivePlaces = {
  ledgerTopic: redriveLedgerTopic,
  ingestRedriveTopic,
  originTopics: Object.values(kafkaTopics),
  transactionalId: 'homelab-redrive',
};
