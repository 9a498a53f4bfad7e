import type { TemperatureDeviceReading } from '@homelab/heat-pump';
import {
  ClockNotices,
  RoomHistory,
  RoomList,
  roomFields,
  roomName,
} from '@homelab/plugin-heat-pump-react';
import { useSearchParams } from 'wouter';
import { ViewSkeleton } from '../app/ViewSkeleton.tsx';
import { useTitle } from '../app/useTitle.ts';
import { useRangeView } from '../history/useRangeView.ts';
import { useStored } from '../history/useStored.ts';
import { Silent } from '../house/Silent.tsx';
import { useHouse } from '../house/useHouse.ts';

function OneRoom({ room }: { room: TemperatureDeviceReading }) {
  const { view, wanted } = useRangeView();
  const history = useStored(room, { ...wanted, fields: roomFields });
  return <RoomHistory view={view} room={history} />;
}

/** Every room sensor, the newest first; the open one with its history is in the address. */
export function RoomsView() {
  const house = useHouse();
  const [search, setSearch] = useSearchParams();
  const open = search.get('room');
  const opened = house.rooms.find(({ deviceId }) => deviceId === open);
  useTitle(opened ? `${roomName(opened)} – Rooms` : 'Rooms');
  if (house.rooms.length === 0 && !house.isKnown)
    return <ViewSkeleton label="the rooms" />;
  return (
    <>
      <Silent house={house} />
      <RoomList
        rooms={house.rooms}
        open={open}
        onOpen={room =>
          setSearch(room === null ? {} : { room }, { replace: true })
        }
        history={room => <OneRoom key={room.deviceId} room={room} />}
      />
      <ClockNotices readings={house.rooms} />
    </>
  );
}
