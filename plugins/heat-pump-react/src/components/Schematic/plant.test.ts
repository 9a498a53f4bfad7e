import { testHeatPump, testMeter } from '../../testing';
import { plantOf } from './plant';
import { temperatureColour } from './temperatureColour';

const plant = (known = {}, isFresh = true) =>
  plantOf(testHeatPump({ known }), testMeter(), isFresh);

it('leads water to the tank while it is heated, else to the house', () => {
  expect(plant({ mode: 'heating' }).valve).toBe('house');
  expect(plant({ mode: 'hot_water' }).valve).toBe('tank');
  expect(plant({ mode: null, hot_water_active: true }).valve).toBe('tank');
});

it('draws flow only while a pump runs and the reading is fresh', () => {
  expect(plant().waterFlows).toBe(true);
  expect(plant({ circulation_pump_on: false }).waterFlows).toBe(false);
  expect(plant({ circulation_pump_on: null }).waterFlows).toBe(false);
  expect(
    plant({ circulation_pump_on: null, flow_rate_lpm: 12 }).waterFlows,
  ).toBe(true);
  expect(plant().source).toMatchObject({ kind: 'ground', brineFlows: true });
  expect(plant({}, false)).toMatchObject({
    waterFlows: false,
    source: { brineFlows: false },
  });
});

const air = (known = {}, isFresh = true) =>
  plant({ brine_pump_on: null, ...known }, isFresh).source;

it('draws a fan for a heat pump that reports no brine', () => {
  expect(air()).toEqual({ kind: 'air', fanTurns: true, defrosts: false });
  expect(air({ brine_in_temp: 3 }).kind).toBe('ground');
  expect(air({ compressor_running: false })).toMatchObject({ fanTurns: false });
  expect(air({}, false)).toMatchObject({ fanTurns: false });
});

it('stops the fan in a defrost', () => {
  const defrosting = { kind: 'air', fanTurns: false, defrosts: true };
  expect(air({ mode: 'defrost' })).toEqual(defrosting);
  expect(air({ defrost_active: true })).toEqual(defrosting);
});

it('draws more flow faster', () => {
  const slow = plant({ flow_rate_lpm: 5 }).waterStepS;
  const fast = plant({ flow_rate_lpm: 25 }).waterStepS;
  expect(fast).toBeLessThan(slow);
});

it('says whether power is that of the heat pump or of the house', () => {
  expect(plant().power).toEqual({ label: 'House', valueKw: 2.31 });
  const own = testHeatPump({ known: { power_consumption_kw: 1.2 } });
  expect(plantOf(own, null, true).power).toEqual({
    label: 'Heat pump',
    valueKw: 1.2,
  });
});

it('has one colour for each temperature, with fixed ends and grey between', () => {
  expect(temperatureColour(-30, 'light')).toBe(temperatureColour(-10, 'light'));
  expect(temperatureColour(90, 'light')).toBe(temperatureColour(65, 'light'));
  expect(temperatureColour(27.5, 'light')).toMatch(/ -?0\.0000 -?0\.0000\)$/);
  expect(temperatureColour(38, 'light')).not.toBe(
    temperatureColour(33, 'light'),
  );
  expect(temperatureColour(null, 'light')).toBeNull();
});
