import { styled } from '@mui/material/styles';
import { lazy } from 'react';
import type { HistoryState, RangeView } from '../../figure';
import { HistoryFrame } from '../HistoryPanel';

const RoomCharts = lazy(() =>
  import('./RoomCharts').then(m => ({ default: m.RoomCharts })),
);

const Root = styled('div')(({ theme }) => ({
  padding: theme.spacing(1, 0, 3),
}));

/** Temperature, humidity and battery of a room over the selected range. */
export function RoomHistory(props: { view: RangeView; room: HistoryState }) {
  const { view, room } = props;
  return (
    <Root aria-busy={room.loading}>
      <HistoryFrame
        view={view}
        main={room}
        charts={(history, pointWords) => (
          <RoomCharts
            history={history}
            pointWords={pointWords}
            range={view.shown}
            onZoom={view.setZoom}
          />
        )}
      />
    </Root>
  );
}
