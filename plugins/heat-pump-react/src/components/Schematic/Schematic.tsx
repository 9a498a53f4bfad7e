import { styled } from '@mui/material/styles';
import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
} from '@homelab/heat-pump';
import type { HeatPumpInstallation } from '@homelab/homelab-api-client';
import { staleLook, useIsNarrower } from '@homelab/portal-react/ui';
import { useState } from 'react';
import { useFreshness } from '../Age';
import { Building, Emitters, Meter, Tank, Unit } from './equipment';
import { layoutFor } from './layouts';
import { PartsTable } from './PartsTable';
import { Pipes } from './Pipes';
import { plantOf } from './plant';
import { ScaleLegend } from './ScaleLegend';
import { Fan, Source } from './Source';

/** Below this width the text of the wide drawing would be too small to read. */
const narrowWidth = 500;

const Root = styled('div')({
  display: 'flex',
  flexDirection: 'column',
  justifyContent: 'space-between',
  height: '100%',
});

const Drawing = styled('svg', {
  shouldForwardProp: name => name !== 'dimmed',
})<{ dimmed: boolean }>(({ dimmed }) => ({
  display: 'block',
  width: '100%',
  height: 'auto',
  ...(dimmed && staleLook),
  transition: 'opacity 200ms',
}));

/**
 * The system from the heat source to the house. Pipes have the colour of their water temperature,
 * flow is drawn only while a pump is running, the valve follows the mode, and nothing moves
 * once the reading is no longer fresh. Each part has a name, such as `Supply pipe`, and stands in
 * a table too.
 */
export function Schematic(props: {
  heatPump: HeatpumpDeviceReading;
  meter: EnergyDeviceReading | null;
  /** What is configured of the heating; the rest follows from readings. */
  installation: HeatPumpInstallation | undefined;
}) {
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const isNarrow = useIsNarrower(frame, narrowWidth);
  const freshness = useFreshness(props.heatPump);
  const isFresh = freshness === 'fresh';
  const { installation } = props;
  const plant = plantOf(props.heatPump, props.meter, isFresh, installation);
  const layout = layoutFor(isNarrow ? 'tall' : 'wide', plant.source.kind);
  const parts = { layout, plant };
  return (
    <Root ref={setFrame}>
      <Drawing
        role="group"
        aria-label="Heating schematic"
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        dimmed={!isFresh}
      >
        <Source {...parts} />
        <Building {...parts} />
        <Pipes {...parts} />
        <Unit {...parts} />
        <Fan {...parts} />
        {plant.parts.hotWaterTank && <Tank {...parts} />}
        <Emitters {...parts} />
        {plant.parts.meter && <Meter {...parts} />}
      </Drawing>
      <ScaleLegend />
      <PartsTable plant={plant} />
    </Root>
  );
}
