/** The three kinds of reading that flow through the pipeline. */
export const streams = ['energy', 'heatpump', 'temperature'] as const;

/** One of {@link streams}. */
export type Stream = (typeof streams)[number];

/** The Kafka topic of each stream's canonical readings. */
export const kafkaTopics = {
  energy: 'homelab.energy',
  heatpump: 'homelab.heatpump',
  temperature: 'homelab.temperature',
} as const satisfies Record<Stream, string>;

/** The Kafka consumer group of the sink that stores each stream. */
export const sinkGroups = {
  energy: 'timescaledb-energy',
  heatpump: 'timescaledb-heatpump',
  temperature: 'timescaledb-temperature',
} as const satisfies Record<Stream, string>;

/** The Timescale hypertable that stores each stream. */
export const hypertables = {
  energy: 'energy_readings',
  heatpump: 'heatpump_status',
  temperature: 'temperature_readings',
} as const satisfies Record<Stream, string>;

/** Whether a text names a stream. */
export function isStream(text: string): text is Stream {
  return (streams as readonly string[]).includes(text);
}
