import { commonMeasurements, counter, gauge } from './measurement.ts';

type Phase = 'L1' | 'L2' | 'L3';

const phasePower = (phase: Phase) =>
  gauge({
    label: `Power ${phase}`,
    unit: 'kW',
    decimals: 2,
    min: -100,
    max: 100,
    colour: 'electricity',
    description: `Active power on ${phase}; positive is import`,
  });

const phaseVoltage = (phase: Phase) =>
  gauge({
    label: `Voltage ${phase}`,
    unit: 'V',
    decimals: 0,
    min: 80,
    max: 300,
    colour: 'neutral',
    description: `Voltage between ${phase} and neutral`,
  });

const phaseCurrent = (phase: Phase) =>
  gauge({
    label: `Current ${phase}`,
    unit: 'A',
    decimals: 1,
    min: -500,
    max: 500,
    colour: 'neutral',
    description: `Current on ${phase}`,
  });

/** The fields of an electricity meter. Import and export are separate, both positive. */
export const energyMeasurements = {
  total_energy_kwh: counter({
    label: 'Imported energy',
    unit: 'kWh',
    decimals: 1,
    min: 0,
    max: 1e8,
    colour: 'electricity',
    description: 'Energy imported over the life of the meter',
  }),
  power_kw: gauge({
    label: 'Power',
    unit: 'kW',
    decimals: 2,
    min: 0,
    max: 100,
    colour: 'electricity',
    description: 'Power imported now',
  }),
  voltage: gauge({
    label: 'Voltage',
    unit: 'V',
    decimals: 0,
    min: 80,
    max: 300,
    colour: 'neutral',
    description: 'Mean voltage of the live phases',
  }),
  current: gauge({
    label: 'Current',
    unit: 'A',
    decimals: 1,
    min: 0,
    max: 500,
    colour: 'neutral',
    description: 'Sum of the currents of all phases',
  }),
  power_l1_kw: phasePower('L1'),
  power_l2_kw: phasePower('L2'),
  power_l3_kw: phasePower('L3'),
  voltage_l1: phaseVoltage('L1'),
  voltage_l2: phaseVoltage('L2'),
  voltage_l3: phaseVoltage('L3'),
  current_l1: phaseCurrent('L1'),
  current_l2: phaseCurrent('L2'),
  current_l3: phaseCurrent('L3'),
  production_power_kw: gauge({
    label: 'Exported power',
    unit: 'kW',
    decimals: 2,
    min: 0,
    max: 100,
    colour: 'production',
    description: 'Power exported now',
  }),
  total_production_kwh: counter({
    label: 'Exported energy',
    unit: 'kWh',
    decimals: 1,
    min: 0,
    max: 1e8,
    colour: 'production',
    description: 'Energy exported over the life of the meter',
  }),
  power_factor: gauge({
    label: 'Power factor',
    unit: '',
    decimals: 2,
    min: -1,
    max: 1,
    colour: 'neutral',
    description: 'Active power divided by apparent power',
  }),
  ...commonMeasurements,
} as const;
