import type { HeatPumpWarning } from '@homelab/homelab-api-client';

/** What a household can do about each kind of warning. */
export const advice: Record<HeatPumpWarning['kind'], string> = {
  alarm:
    'Read the display of the heat pump and its manual; call the installer if the alarm comes back.',
  short_cycling:
    'Open the thermostats of the rooms, lower the heating curve, and check filters and flow.',
  aux_while_mild:
    'Check the settings of the auxiliary heater; somebody may have switched it on by hand.',
  brine_cold:
    'Check the brine pressure and its filter; let the installer look at it if it gets colder.',
  spread_small:
    'The water may flow too fast: lower the speed of the circulation pump.',
  spread_large:
    'The water may flow too slowly: open the thermostats, clean the filter, check the circulation pump.',
  no_heat:
    'Bleed the air from the heating circuit, and check the flow sensor of the heat meter.',
  degree_minutes_low:
    'Check that the compressor runs and that no window stands open; the auxiliary heater may start soon.',
  legionella: 'Nothing: this is how it should be.',
  legionella_overdue:
    'Let the tank reach 60 °C for half an hour; check that the legionella program is on.',
  gap: 'Check the gateway of the heat pump and its network.',
};
