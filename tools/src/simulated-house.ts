import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { systemCodeOf } from './homelab-error.ts';

/** Where the simulated heat pump takes its heat from. */
export const houses = ['air', 'ground'] as const;

/** One of {@link houses}. */
export type House = (typeof houses)[number];

const houseFile = (dataFolder: string) => join(dataFolder, 'simulated-house');

/** Which history a house still needs in a data folder. */
export interface HouseHistory {
  /** The file in which the simulator records that the history of this house is published. */
  backfillMark: string;
  /**
   * Only the heat pump when another house has lived in these data: the houses share the ids of their meter
   * and room sensors, and two histories of one meter would mix.
   */
  backfillScope: 'house' | 'heat-pump';
}

const markOf = (dataFolder: string, house: House) =>
  join(dataFolder, `backfilled-${house}`);

// Earlier versions kept one mark, whichever house ran.
const sharedMark = (dataFolder: string) => join(dataFolder, 'backfilled');

/**
 * The house that a data folder continues with: the one asked for, else the one it had. Data
 * from before there was a choice have the house on a borehole.
 */
export function houseFor(dataFolder: string, asked: House | undefined): House {
  return asked ?? rememberedHouse(dataFolder) ?? 'air';
}

function rememberedHouse(dataFolder: string): House | undefined {
  const remembered = readIfThere(houseFile(dataFolder));
  if (remembered !== undefined) {
    return houses.find(house => house === remembered.trim());
  }
  return existsSync(sharedMark(dataFolder)) ? 'ground' : undefined;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Stores the house next to the data, so that a reset deletes both. Returns the history it needs. */
export function rememberHouse(dataFolder: string, house: House): HouseHistory {
  mkdirSync(dataFolder, { recursive: true });
  const previous = rememberedHouse(dataFolder);
  if (previous && existsSync(sharedMark(dataFolder))) {
    renameSync(sharedMark(dataFolder), markOf(dataFolder, previous));
  }
  writeFileSync(houseFile(dataFolder), `${house}\n`);
  const hasOther = houses.some(
    other => other !== house && existsSync(markOf(dataFolder, other)),
  );
  return {
    backfillMark: markOf(dataFolder, house),
    backfillScope: hasOther ? 'heat-pump' : 'house',
  };
}
