import type { TemperatureDeviceReading } from '@homelab/heat-pump';
import {
  Panel,
  SentenceHeader,
  StateMessage,
  useNow,
  useSiteClock,
} from '@homelab/portal-react/ui';
import { canonicalMqttTopic } from '@homelab/telemetry';
import SensorsIcon from '@mui/icons-material/SensorsOutlined';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { RoomRow } from './RoomRow';
import { roomsSentence } from './roomsSentence';
import { useRoomOrder } from './useRoomOrder';

const List = styled('ul')({ margin: 0, padding: 0, listStyle: 'none' });

/** Every room sensor with its numbers and its age; one of them is open with its history. */
export function RoomList(props: {
  rooms: readonly TemperatureDeviceReading[];
  /** The device id of the open room. */
  open: string | null;
  onOpen(deviceId: string | null): void;
  history(room: TemperatureDeviceReading): ReactNode;
}) {
  const { open, onOpen } = props;
  const rooms = useRoomOrder(props.rooms);
  const { clockOffsetMs } = useSiteClock();
  const nowMs = useNow(10_000) + clockOffsetMs;
  if (rooms.length === 0) {
    return (
      <Panel>
        <StateMessage
          icon={SensorsIcon}
          title="No room sensor has sent a reading yet"
        >
          Connect a Zigbee2MQTT, Shelly or Tasmota sensor to the MQTT broker of
          this house, or publish readings to the MQTT topic{' '}
          <code>{canonicalMqttTopic('temperature', 'DEVICE_ID')}</code>. It
          appears here within seconds.
        </StateMessage>
      </Panel>
    );
  }
  return (
    <>
      <SentenceHeader stale={false} {...roomsSentence(rooms, nowMs)} />
      <Panel aria-label="Rooms">
        <List>
          {rooms.map(room => {
            const isOpen = room.deviceId === open;
            return (
              <RoomRow
                key={room.deviceId}
                room={room}
                isOpen={isOpen}
                onToggle={() => onOpen(isOpen ? null : room.deviceId)}
              >
                {isOpen && props.history(room)}
              </RoomRow>
            );
          })}
        </List>
      </Panel>
    </>
  );
}
