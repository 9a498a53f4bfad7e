import type { HouseKind } from './house-kinds.ts';

/** What an operating mode lets a heat pump do. */
export interface Allowed {
  readonly heating: boolean;
  readonly hotWater: boolean;
  readonly compressor: boolean;
  readonly heater: boolean;
}

const all: Allowed = {
  heating: true,
  hotWater: true,
  compressor: true,
  heater: true,
};
const nothing: Allowed = {
  heating: false,
  hotWater: false,
  compressor: false,
  heater: false,
};
const onlyRooms: Allowed = { ...all, hotWater: false };
const onlyTank: Allowed = { ...all, heating: false };

/** The modes of each machine, by the number that its maker gives them; none cools. */
const modes: Readonly<Record<HouseKind, Readonly<Record<number, Allowed>>>> = {
  ground: {
    0: nothing,
    1: all,
    2: { ...all, heater: false },
    3: { ...all, compressor: false },
    4: onlyTank,
  },
  air: { 0: onlyRooms, 2: onlyRooms, 3: onlyTank, 4: all, 6: all },
};

/** Whether a machine has a mode of that number. */
export function hasMode(kind: HouseKind, number: number): boolean {
  return modes[kind][number] !== undefined;
}

/** What a machine may do now. */
export function allowedIn(
  kind: HouseKind,
  settings: { readonly isOn: boolean; readonly mode: number },
): Allowed {
  return settings.isOn ? (modes[kind][settings.mode] ?? all) : nothing;
}
