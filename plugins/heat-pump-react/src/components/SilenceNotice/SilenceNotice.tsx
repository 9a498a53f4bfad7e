import type { DeviceReading } from '@homelab/heat-pump';
import {
  formatAge,
  formatDayTime,
  Notice,
  useNow,
  useSiteClock,
} from '@homelab/portal-react/ui';
import SensorsOffIcon from '@mui/icons-material/SensorsOffOutlined';
import { silencesOf } from './silence';
import type { Silence } from './silence';

/** What a gateway is called, by the format of its readings. */
const gatewayNames: Record<string, string> = { zigbee2mqtt: 'Zigbee2MQTT' };

function titleOf(silence: Silence): string {
  switch (silence.kind) {
    case 'house':
      return 'No device of the house is heard.';
    case 'gateway':
      return `All ${silence.count} sensors of ${gatewayNames[silence.source] ?? silence.source} are silent.`;
    default:
      return `${silence.deviceId} is silent.`;
  }
}

function adviceOf(silence: Silence): string {
  switch (silence.kind) {
    case 'house':
      return 'The pipeline behind the broker answers, so what all devices share has stopped: check the MQTT broker and the MQTT-Kafka bridge, which System health of the portal shows, then the network of the house.';
    case 'gateway':
      return 'Other devices are heard, so check that this gateway runs, and its radio stick.';
    default:
      return silence.othersAreHeard
        ? 'Other devices are heard, so check power and network of this one or of its gateway.'
        : 'Check power and network of it or of its gateway, then the MQTT broker.';
  }
}

/**
 * Tells apart whether one device, a gateway or everything before the pipeline is silent, and what
 * to do. Links behind it are told elsewhere: show it only while they work.
 */
export function SilenceNotice(props: {
  /** The newest reading of every device. */
  readings: readonly DeviceReading[];
  /** Single devices that are told of; others have their own page. */
  devices: readonly string[];
}) {
  const { clockOffsetMs, timeZone } = useSiteClock();
  const nowMs = useNow(5_000) + clockOffsetMs;
  const silences = silencesOf(props.readings, nowMs).filter(
    silence =>
      silence.kind !== 'device' || props.devices.includes(silence.deviceId),
  );
  return (
    <>
      {silences.map(silence => (
        <Notice
          key={titleOf(silence)}
          icon={<SensorsOffIcon aria-hidden />}
          title={titleOf(silence)}
        >
          The last value came {formatAge(nowMs - silence.lastAtMs)} ago,{' '}
          {formatDayTime(silence.lastAtMs, timeZone)}. {adviceOf(silence)}
        </Notice>
      ))}
    </>
  );
}
