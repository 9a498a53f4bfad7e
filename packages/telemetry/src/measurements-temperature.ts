import { commonMeasurements, gauge, text } from './measurement.ts';

/** The fields of a room sensor. */
export const temperatureMeasurements = {
  room: text('Room', 'Where the sensor is'),
  temperature: gauge({
    label: 'Temperature',
    unit: '°C',
    decimals: 1,
    min: -50,
    max: 80,
    colour: 'room',
    description: 'Air temperature at the sensor',
  }),
  humidity: gauge({
    label: 'Humidity',
    unit: '%',
    decimals: 0,
    min: 0,
    max: 100,
    colour: 'outdoor',
    description: 'Relative humidity at the sensor',
  }),
  battery: gauge({
    label: 'Battery',
    unit: '%',
    decimals: 0,
    min: 0,
    max: 100,
    colour: 'neutral',
    description: 'Charge left in the battery',
  }),
  battery_voltage: gauge({
    label: 'Battery voltage',
    unit: 'V',
    decimals: 2,
    min: 0,
    max: 20,
    colour: 'neutral',
    description: 'Voltage of the battery',
  }),
  link_quality: gauge({
    label: 'Link quality',
    unit: '',
    decimals: 0,
    min: 0,
    max: 255,
    colour: 'neutral',
    description: 'Zigbee link quality indicator',
  }),
  ...commonMeasurements,
} as const;
