import { testHeatPump, testMeter } from '../../testing';
import { partRowsOf } from './partRows';
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

const installation = {
  ...{ source: null, buffer_tank: null, circuits: null },
  ...{ hot_water_tank: null, aux_heater: null, electricity_meter: null },
};
const built = (told: Partial<typeof installation> | object, known = {}) =>
  plantOf(testHeatPump({ known }), null, true, { ...installation, ...told });

it('draws the parts that readings speak of, unless configured otherwise', () => {
  expect(built({}).parts).toEqual({
    ...{ bufferTank: false, hotWaterTank: true, auxHeater: false },
    ...{ meter: false, circuits: ['radiators'] },
  });
  const dry = { hot_water_temp: null, hot_water_active: null };
  expect(built({}, dry).parts.hotWaterTank).toBe(false);
  const told = {
    ...{ source: 'ground', buffer_tank: true, aux_heater: true },
    ...{ hot_water_tank: false, circuits: ['floor', 'radiators'] },
  };
  const plain = { brine_pump_on: null, mode: 'hot_water' };
  expect(built(told, plain)).toMatchObject({
    parts: { bufferTank: true, hotWaterTank: false, auxHeater: true },
    // Its brine pump runs with the compressor, and without a tank there is no way to it.
    ...{ source: { kind: 'ground', brineFlows: true }, valve: 'house' },
  });
  expect(built({ source: 'air' }).source.kind).toBe('air');
});

it('tells the same in words, part by part', () => {
  const rows = partRowsOf(
    built(
      { buffer_tank: true, circuits: ['radiators', 'floor'] },
      {
        ...{ mode: 'hot_water', hot_water_active: true, flow_rate_lpm: 12 },
        ...{ brine_in_temp: 4, brine_out_temp: 1, aux_heater_kw: 3 },
      },
    ),
  ).map(({ part, state, temperature, power }) =>
    [part, state, temperature, power].join(' | '),
  );
  expect(rows).toEqual([
    'Brine | Flowing | 4.0 °C in, 1.0 °C out | –',
    'Outdoors | – | −3.0 °C | –',
    'Heat pump | Hot water, compressor running | – | –',
    'Water | Flowing | 38.0 °C supply, 33.0 °C return | 4.15 kW heat',
    'Auxiliary heater | On | – | 3.00 kW',
    'Three-way valve | To the tank | – | –',
    'Hot water tank | Being heated | 47.0 °C | –',
    'Buffer tank | Not fed | – | –',
    'Radiators | Not heated | – | –',
    'Floor | Not heated | – | –',
    'Room | Target 21.0 °C | 20.4 °C | –',
  ]);
});
