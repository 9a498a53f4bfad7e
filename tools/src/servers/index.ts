import { kafka } from './kafka/index.ts';
import { mosquitto } from './mosquitto/index.ts';
import { postgres } from './postgres/index.ts';
import type { SecretValues } from './server.ts';

/** The servers of a stack, in the order they are shown. */
export const servers = [mosquitto, kafka, postgres] as const;

type AnyServer = (typeof servers)[number];

/** From `A | B` to `A & B`. */
type AllOf<Union> = (
  Union extends unknown ? (part: Union) => void : never
) extends (part: infer Parts) => void
  ? Parts
  : never;

/** Names of the ports of all servers. */
export type ServerPort = keyof AllOf<AnyServer['ports']>;
/** What `secrets.json` holds. */
export type Secrets = SecretValues<AllOf<AnyServer['secrets']>>;
/** Absolute paths of the programs of all servers. */
export type ServerPrograms = AllOf<Awaited<ReturnType<AnyServer['install']>>>;
