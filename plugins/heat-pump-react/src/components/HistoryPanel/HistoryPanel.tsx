import { Notice, Panel, reasonOf } from '@homelab/portal-react/ui';
import { lazy } from 'react';
import type { HeatPumpHistory } from './heatPumpHistory';
import { HistoryFrame } from './HistoryFrame';

// The charts are most of the page's code, and the last that is looked at.
const HistoryCharts = lazy(() =>
  import('./HistoryCharts').then(m => ({ default: m.HistoryCharts })),
);

/** Power and temperatures over the selected range. */
export function HistoryPanel(props: { history: HeatPumpHistory }) {
  const { pump, meter, energy, ...view } = props.history;
  return (
    <Panel aria-label="History" aria-busy={pump.loading}>
      <HistoryFrame
        view={view}
        main={pump}
        notice={
          meter.error && (
            <Notice isInside title="The power of the house is missing.">
              {reasonOf(meter.error)}
            </Notice>
          )
        }
        charts={(history, pointWords) => (
          <HistoryCharts
            pumpHistory={history}
            meterHistory={meter.history}
            energy={energy}
            pointWords={pointWords}
            range={view.shown}
            onZoom={view.setZoom}
          />
        )}
      />
    </Panel>
  );
}
