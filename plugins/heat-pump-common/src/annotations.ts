/**
 * Annotation of a catalog entity that is a heat pump. The value is the device id of its
 * readings, such as `ThermIQ_vp1`; the entity then shows the live heat pump view.
 */
export const heatPumpDeviceIdAnnotation = 'homelab.io/heat-pump-device-id';
