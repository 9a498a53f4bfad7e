/** The houses there are, named after where their heat pump takes its heat from. */
export const houseKinds = ['air', 'ground'] as const;

/** One of {@link houseKinds}. */
export type HouseKind = (typeof houseKinds)[number];
