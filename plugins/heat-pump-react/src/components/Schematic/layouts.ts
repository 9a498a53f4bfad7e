import type { Plant } from './plant';

/** The position of a two-line label. */
export interface LabelPlace {
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

/** A rectangle of the drawing. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The circuits of the house, one beside the other. */
export interface CircuitsPlace {
  /** From the valve to each emitter. */
  supply: readonly string[];
  /** From each emitter to where the tank's return joins. */
  return: readonly string[];
  emitters: readonly Box[];
  /** Where the kind of each emitter is written. */
  labels: readonly LabelPlace[];
}

interface Arrow {
  x: number;
  y: number;
  angle: number;
}

interface Soil {
  soil: string;
  soilHatch: string;
}

/** A borehole with its brine loop. */
export interface GroundPlace extends Soil {
  kind: 'ground';
  pipes: { brineIn: string; brineBend: string; brineOut: string };
  arrows: Record<'brineIn' | 'brineOut', Arrow>;
  labels: Record<'brineIn' | 'brineOut', LabelPlace>;
}

/** The outdoor unit with its fan. */
export interface AirPlace extends Soil {
  kind: 'air';
  feet: string;
  /** Between the fan and the compressor. */
  divider: string;
  fan: { x: number; y: number; radius: number };
  /** Air flowing towards the fan. */
  air: readonly string[];
  labels: Record<'fan', LabelPlace>;
}

/** Coordinates of the drawing; except for the source, all layouts have the same parts. */
export interface Layout {
  width: number;
  height: number;
  source: GroundPlace | AirPlace;
  pipes: {
    supply: string;
    supplyToTank: string;
    tankToReturn: string;
    return: string;
  };
  /** Where arrowheads show the direction of flow, and their angle in degrees. */
  arrows: Record<'supply' | 'return', Arrow>;
  wires: string;
  unit: Box;
  compressor: { x: number; y: number; radius: number };
  auxHeater: { x: number; y: number; turned: boolean };
  valve: { x: number; y: number; turned: boolean };
  tank: Box;
  house: string;
  buffer: Box & { label: LabelPlace; turned: boolean };
  oneCircuit: CircuitsPlace;
  twoCircuits: CircuitsPlace;
  meter: Box;
  labels: Record<
    | 'supply'
    | 'return'
    | 'hotWater'
    | 'room'
    | 'outdoor'
    | 'title'
    | 'compressor'
    | 'auxHeater',
    LabelPlace
  >;
}

/** Source on the left, house on the right: for containers wider than high. */
const wideGround: Layout = {
  width: 760,
  height: 440,
  source: {
    kind: 'ground',
    soil: 'M 8 322 H 208',
    soilHatch:
      'M 20 322 l -8 9 M 44 322 l -8 9 M 92 322 l -8 9 M 116 322 l -8 9 M 164 322 l -8 9 M 188 322 l -8 9',
    pipes: {
      brineIn: 'M 62 392 V 218 Q 62 200 80 200 H 230',
      brineBend: 'M 138 392 Q 138 426 100 426 Q 62 426 62 392',
      brineOut: 'M 230 272 H 156 Q 138 272 138 290 V 392',
    },
    arrows: {
      brineIn: { x: 62, y: 292, angle: -90 },
      brineOut: { x: 138, y: 352, angle: 90 },
    },
    labels: {
      brineIn: { x: 82, y: 164, anchor: 'start' },
      brineOut: { x: 152, y: 234, anchor: 'start' },
    },
  },
  pipes: {
    supply: 'M 370 130 H 500',
    supplyToTank: 'M 500 130 V 184',
    tankToReturn: 'M 500 272 V 320',
    return: 'M 500 320 H 370',
  },
  arrows: {
    supply: { x: 468, y: 130, angle: 0 },
    return: { x: 436, y: 320, angle: 180 },
  },
  wires: 'M 300 384 V 345 M 362 408 H 657 Q 675 408 675 392 V 362',
  unit: { x: 230, y: 92, width: 140, height: 254 },
  compressor: { x: 300, y: 222, radius: 36 },
  auxHeater: { x: 428, y: 130, turned: false },
  valve: { x: 500, y: 130, turned: false },
  tank: { x: 452, y: 180, width: 96, height: 96 },
  house:
    'M 604 362 V 104 M 746 104 V 362 M 590 114 L 675 34 L 760 114 M 604 362 H 746',
  buffer: {
    ...{ x: 554, y: 118, width: 34, height: 214 },
    ...{ label: { x: 571, y: 225, anchor: 'middle' }, turned: true },
  },
  oneCircuit: {
    supply: ['M 500 130 H 657 Q 675 130 675 148 V 190'],
    return: ['M 675 262 V 302 Q 675 320 657 320 H 500'],
    emitters: [{ x: 634, y: 190, width: 82, height: 72 }],
    labels: [{ x: 675, y: 348, anchor: 'middle' }],
  },
  twoCircuits: {
    supply: ['M 500 130 H 692 Q 710 130 710 148 V 190', 'M 640 130 V 190'],
    return: ['M 710 262 V 302 Q 710 320 692 320 H 500', 'M 640 262 V 320'],
    emitters: [
      { x: 681, y: 190, width: 58, height: 72 },
      { x: 611, y: 190, width: 58, height: 72 },
    ],
    labels: [
      { x: 708, y: 348, anchor: 'middle' },
      { x: 640, y: 348, anchor: 'middle' },
    ],
  },
  meter: { x: 238, y: 384, width: 124, height: 48 },
  labels: {
    supply: { x: 382, y: 84, anchor: 'start' },
    return: { x: 382, y: 346, anchor: 'start' },
    hotWater: { x: 500, y: 220, anchor: 'middle' },
    room: { x: 675, y: 88, anchor: 'middle' },
    outdoor: { x: 82, y: 60, anchor: 'start' },
    title: { x: 300, y: 118, anchor: 'middle' },
    compressor: { x: 300, y: 284, anchor: 'middle' },
    auxHeater: { x: 428, y: 160, anchor: 'middle' },
  },
};

const wideAir: Layout = {
  ...wideGround,
  source: {
    kind: 'air',
    soil: 'M 8 362 H 220',
    soilHatch:
      'M 20 362 l -8 9 M 48 362 l -8 9 M 76 362 l -8 9 M 104 362 l -8 9 M 132 362 l -8 9 M 160 362 l -8 9 M 188 362 l -8 9 M 216 362 l -8 9',
    feet: 'M 84 346 V 361 M 200 346 V 361',
    divider: 'M 230 108 V 330',
    fan: { x: 144, y: 222, radius: 66 },
    air: ['M 4 176 H 46', 'M 4 222 H 46', 'M 4 268 H 46'],
    labels: { fan: { x: 144, y: 324, anchor: 'middle' } },
  },
  unit: { x: 58, y: 92, width: 312, height: 254 },
  labels: { ...wideGround.labels, outdoor: { x: 58, y: 54, anchor: 'start' } },
};

/** Source at the bottom, house at the top: for containers higher than wide. */
const tallGround: Layout = {
  width: 340,
  height: 640,
  source: {
    kind: 'ground',
    soil: 'M 8 562 H 332',
    soilHatch:
      'M 24 562 l -8 9 M 52 562 l -8 9 M 80 562 l -8 9 M 108 562 l -8 9 M 236 562 l -8 9 M 264 562 l -8 9 M 292 562 l -8 9 M 320 562 l -8 9',
    pipes: {
      brineIn: 'M 142 606 V 492',
      brineBend: 'M 198 606 Q 198 630 170 630 Q 142 630 142 606',
      brineOut: 'M 198 492 V 606',
    },
    arrows: {
      brineIn: { x: 142, y: 536, angle: -90 },
      brineOut: { x: 198, y: 536, angle: 90 },
    },
    labels: {
      brineIn: { x: 130, y: 518, anchor: 'end' },
      brineOut: { x: 212, y: 592, anchor: 'start' },
    },
  },
  pipes: {
    supply: 'M 92 360 V 268',
    supplyToTank: 'M 92 268 H 128',
    tankToReturn: 'M 212 268 H 248',
    return: 'M 248 268 V 360',
  },
  arrows: {
    supply: { x: 92, y: 348, angle: -90 },
    return: { x: 248, y: 318, angle: 90 },
  },
  wires: 'M 284 440 H 308 V 500',
  unit: { x: 56, y: 360, width: 228, height: 132 },
  compressor: { x: 112, y: 428, radius: 32 },
  auxHeater: { x: 92, y: 310, turned: true },
  valve: { x: 92, y: 268, turned: true },
  tank: { x: 124, y: 226, width: 92, height: 84 },
  house:
    'M 56 196 V 78 M 284 78 V 196 M 36 88 L 170 18 L 304 88 M 56 196 H 284',
  buffer: {
    ...{ x: 80, y: 198, width: 180, height: 20 },
    ...{ label: { x: 170, y: 213, anchor: 'middle' }, turned: false },
  },
  oneCircuit: {
    supply: ['M 92 268 V 158 Q 92 140 110 140 H 132'],
    return: ['M 208 140 H 230 Q 248 140 248 158 V 268'],
    emitters: [{ x: 132, y: 108, width: 76, height: 64 }],
    labels: [{ x: 170, y: 188, anchor: 'middle' }],
  },
  twoCircuits: {
    supply: ['M 92 268 V 128 Q 92 112 108 112 H 118', 'M 92 170 H 118'],
    return: ['M 154 112 H 232 Q 248 112 248 128 V 268', 'M 154 170 H 248'],
    emitters: [
      { x: 118, y: 94, width: 36, height: 36 },
      { x: 118, y: 152, width: 36, height: 36 },
    ],
    labels: [
      { x: 162, y: 104, anchor: 'start' },
      { x: 162, y: 162, anchor: 'start' },
    ],
  },
  meter: { x: 212, y: 500, width: 124, height: 48 },
  labels: {
    supply: { x: 80, y: 228, anchor: 'end' },
    return: { x: 260, y: 228, anchor: 'start' },
    hotWater: { x: 170, y: 262, anchor: 'middle' },
    room: { x: 170, y: 62, anchor: 'middle' },
    outdoor: { x: 8, y: 24, anchor: 'start' },
    title: { x: 170, y: 386, anchor: 'middle' },
    compressor: { x: 160, y: 420, anchor: 'start' },
    auxHeater: { x: 72, y: 314, anchor: 'end' },
  },
};

const tallAir: Layout = {
  ...tallGround,
  height: 588,
  source: {
    kind: 'air',
    soil: 'M 8 522 H 196',
    soilHatch:
      'M 24 522 l -8 9 M 52 522 l -8 9 M 80 522 l -8 9 M 108 522 l -8 9 M 136 522 l -8 9 M 164 522 l -8 9 M 192 522 l -8 9',
    feet: 'M 66 508 V 521 M 150 508 V 521',
    divider: 'M 164 376 V 492',
    fan: { x: 104, y: 430, radius: 48 },
    air: ['M 4 402 H 34', 'M 4 430 H 34', 'M 4 458 H 34'],
    labels: { fan: { x: 104, y: 498, anchor: 'middle' } },
  },
  wires: 'M 274 508 V 534',
  unit: { x: 44, y: 360, width: 292, height: 148 },
  compressor: { x: 250, y: 426, radius: 28 },
  meter: { x: 212, y: 534, width: 124, height: 48 },
  labels: {
    ...tallGround.labels,
    title: { x: 250, y: 384, anchor: 'middle' },
    compressor: { x: 250, y: 472, anchor: 'middle' },
  },
};

const layouts = {
  wide: { ground: wideGround, air: wideAir },
  tall: { ground: tallGround, air: tallAir },
} as const;

/** Where the circuits of a plant are drawn. */
export function circuitsOf(layout: Layout, plant: Plant): CircuitsPlace {
  return plant.parts.circuits.length > 1
    ? layout.twoCircuits
    : layout.oneCircuit;
}

/** The layout for the shape of the container and for the heat source. */
export function layoutFor(
  shape: keyof typeof layouts,
  source: Plant['source']['kind'],
): Layout {
  return layouts[shape][source];
}
