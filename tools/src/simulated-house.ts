import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCodeOf } from './homelab-error.ts';

/** Where the simulated heat pump takes its heat from. */
export const houses = ['air', 'ground'] as const;

/** One of {@link houses}. */
export type House = (typeof houses)[number];

const houseFile = (dataFolder: string) => join(dataFolder, 'simulated-house');

/** The file that says whether the history of the house is in the data. */
export function backfillMarkOf(dataFolder: string): string {
  return join(dataFolder, 'backfilled');
}

/**
 * The house that a data folder goes on with: the one that is asked for, else the one it
 * had. Data from before there was a choice have a house on a borehole.
 */
export function houseFor(dataFolder: string, asked: House | undefined): House {
  return asked ?? rememberedHouse(dataFolder) ?? 'air';
}

function rememberedHouse(dataFolder: string): House | undefined {
  const remembered = readIfThere(houseFile(dataFolder));
  if (remembered !== undefined) {
    return houses.find(house => house === remembered.trim());
  }
  return existsSync(backfillMarkOf(dataFolder)) ? 'ground' : undefined;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Remembers the house beside the data, so that a reset forgets both. */
export function rememberHouse(dataFolder: string, house: House): void {
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(houseFile(dataFolder), `${house}\n`);
}
