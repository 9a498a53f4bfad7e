export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** The fixed step of the house model, in seconds and milliseconds. */
export const stepS = 30;
export const stepMs = stepS * secondMs;

/** Heat capacity of water at about 40 °C, per kilogram (which is a litre here). */
export const waterJPerKgK = 4150;

/** Joules in a kilowatt-hour. */
export const jPerKWh = 3.6e6;

/** The fraction of the distance that a lagging value covers in one step. */
export function lagFraction(timeConstantS: number): number {
  return 1 - Math.exp(-stepS / timeConstantS);
}

/** Keeps a number within bounds. */
export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
