import { useEntity } from '@backstage/plugin-catalog-react';
import { heatPumpDeviceIdAnnotation } from '@homelab/plugin-heat-pump-common';
import { HeatPumpView } from '../HeatPumpView';

/** The live view on the page of an entity that is a heat pump. */
export function HeatPumpEntityContent() {
  const { entity } = useEntity();
  const deviceId =
    entity.metadata.annotations?.[heatPumpDeviceIdAnnotation] ?? null;
  return <HeatPumpView deviceId={deviceId} onlyThisDevice />;
}
