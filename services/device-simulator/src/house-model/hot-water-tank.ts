import { stepS, waterJPerKgK } from './units.ts';

/** The temperatures of four equal layers, top first. */
export type TankLayers = readonly [number, number, number, number];

const layerKg = 180 / 4;
const layerJPerK = layerKg * waterJPerKgK;
const lossWPerK = 2.4;
const feedC = 10;

/** What the tank does in one step. */
export interface TankStep {
  layers: TankLayers;
  /** Heat lost through the jacket, into the room. */
  lossW: number;
  /** Heat that left with the drawn water, above that of the feed. */
  drawnW: number;
}

/**
 * Steps the tank: heat enters at the bottom and rises, hot water leaves at the top and
 * cold water follows from below, and the jacket leaks to the room.
 */
export function stepTank(
  layers: TankLayers,
  step: { heatW: number; drawKg: number; roomC: number },
): TankStep {
  const drawn = draw(layers, step.drawKg);
  const [top, upper, lower, bottom] = drawn.layers;
  const leak = (layerC: number) => ((layerC - step.roomC) * lossWPerK) / 4;
  const lossW = leak(top) + leak(upper) + leak(lower) + leak(bottom);
  const cooled = (layerC: number) =>
    layerC - (leak(layerC) * stepS) / layerJPerK;
  const heated: TankLayers = [
    cooled(top),
    cooled(upper),
    cooled(lower),
    cooled(bottom) + (step.heatW * stepS) / layerJPerK,
  ];
  return { layers: rise(heated), lossW, drawnW: drawn.heatJ / stepS };
}

function draw(layers: TankLayers, drawKg: number) {
  const [top, upper, lower, bottom] = layers;
  const part = Math.min(1, drawKg / layerKg);
  const shifted: TankLayers = [
    top + (upper - top) * part,
    upper + (lower - upper) * part,
    lower + (bottom - lower) * part,
    bottom + (feedC - bottom) * part,
  ];
  return { layers: shifted, heatJ: (top - feedC) * part * layerJPerK };
}

/** Lets warmer water rise: a layer never stays colder than the one below it. */
function rise(layers: TankLayers): TankLayers {
  const [top, upper, lower, bottom] = layers;
  if (top >= upper && upper >= lower && lower >= bottom) return layers;
  const groups: { sumC: number; count: number }[] = [];
  for (const layerC of layers) {
    let group = { sumC: layerC, count: 1 };
    for (
      let above = groups.at(-1);
      above && above.sumC / above.count < group.sumC / group.count;
      above = groups.at(-1)
    ) {
      groups.pop();
      group = {
        sumC: above.sumC + group.sumC,
        count: above.count + group.count,
      };
    }
    groups.push(group);
  }
  const mixed = groups.flatMap(({ sumC, count }) =>
    new Array<number>(count).fill(sumC / count),
  );
  return [
    mixed[0] ?? top,
    mixed[1] ?? upper,
    mixed[2] ?? lower,
    mixed[3] ?? bottom,
  ];
}

/** Where the sensor sits: between the two upper layers. */
export function tankSensorC(layers: TankLayers): number {
  return (layers[0] + layers[1]) / 2;
}

/** The mean temperature of the tank. */
export function tankMeanC(layers: TankLayers): number {
  return (layers[0] + layers[1] + layers[2] + layers[3]) / 4;
}

/** Heat stored in the tank above the feed's 10 °C, in joules. */
export function tankHeatJ(layers: TankLayers): number {
  return 4 * (tankMeanC(layers) - feedC) * layerJPerK;
}
