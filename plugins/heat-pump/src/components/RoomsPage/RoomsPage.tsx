import type { TemperatureDeviceReading } from '@homelab/heat-pump';
import {
  ClockNotices,
  ConnectionNotice,
  RoomHistory,
  RoomList,
  SilenceNotice,
  roomFields,
} from '@homelab/plugin-heat-pump-react';
import {
  ListSkeleton,
  Notice,
  PageBody,
  SiteClockProvider,
  Stack,
  reasonOf,
  usePageTitle,
  useQueryChange,
  useQueryValue,
} from '@homelab/portal-react';
import { useHistory } from '../../hooks/useHistory';
import { useHouse } from '../../hooks/useHouse';
import { useRangeView } from '../../hooks/useRangeView';
import { RefusedView } from '../HeatPumpView/RefusedView';

function OneRoom({ room }: { room: TemperatureDeviceReading }) {
  const { view, asked, options } = useRangeView();
  const history = useHistory(
    {
      ...asked,
      stream: 'temperature',
      deviceId: room.deviceId,
      fields: roomFields,
    },
    options,
  );
  return <RoomHistory view={view} room={history} />;
}

function Content({ house, connection }: ReturnType<typeof useHouse>) {
  const [open] = useQueryValue('room');
  const change = useQueryChange();
  if (connection.state === 'refused') return <RefusedView />;
  if (house === undefined) {
    return connection.state === 'lost' ? (
      <Notice title="The portal cannot be reached; this page keeps trying.">
        {reasonOf(connection.error)}
      </Notice>
    ) : (
      <ListSkeleton label="Loading the rooms" />
    );
  }
  return (
    <Stack>
      <ConnectionNotice connection={connection} sources={house.sources} />
      {connection.state === 'open' && house.sources.live.ok && (
        <SilenceNotice
          readings={[...house.meters, ...house.heatPumps, ...house.rooms]}
          devices={[]}
        />
      )}
      <RoomList
        rooms={house.rooms}
        open={open}
        // A zoom belongs to the room that it was made in.
        onOpen={room => change({ room, from: null, to: null })}
        history={room => <OneRoom room={room} />}
      />
      <ClockNotices readings={house.rooms} />
    </Stack>
  );
}

/** Every room sensor; the open one and its range are in the URL. */
export function RoomsPage() {
  const live = useHouse();
  const count = live.house?.rooms.length;
  usePageTitle([count === undefined ? 'Rooms' : `Rooms (${count})`]);
  return (
    <SiteClockProvider timeZone={live.house?.siteTimeZone ?? 'UTC'}>
      <PageBody clockOffsetMs={live.clockOffsetMs}>
        <Content {...live} />
      </PageBody>
    </SiteClockProvider>
  );
}
