import { createPermission } from '@backstage/plugin-permission-common';

/** Allows reading live and stored values of the heat pump, the meter and the rooms. */
export const heatPumpReadPermission = createPermission({
  name: 'heat-pump.read',
  attributes: { action: 'read' },
});

/** Allows changing settings of heat pumps, where that is switched on. */
export const heatPumpSettingsWritePermission = createPermission({
  name: 'heat-pump.settings.write',
  attributes: { action: 'update' },
});

/** Every permission of the heat pump plugin. */
export const heatPumpPermissions = [
  heatPumpReadPermission,
  heatPumpSettingsWritePermission,
];
