import type { DeviceReading } from '@homelab/heat-pump';
import {
  formatDayTime,
  formatDuration,
  Notice,
  useSiteClock,
} from '@homelab/portal-react/ui';
import ClockIcon from '@mui/icons-material/MoreTimeOutlined';

function ClockNotice(props: {
  reading: DeviceReading;
  isInside: boolean | undefined;
}) {
  const { reading, isInside } = props;
  const { timeZone } = useSiteClock();
  const { deviceId, clockAhead, asOf } = reading;
  if (clockAhead === null) return null;
  const { aheadMs, seenAt } = clockAhead;
  const isStillAhead = asOf <= seenAt;
  const ahead = `${formatDuration(aheadMs)} ahead`;
  return (
    <Notice
      isInside={isInside}
      icon={<ClockIcon aria-hidden />}
      title={`The clock of ${deviceId} ${isStillAhead ? 'is' : 'was'} ${ahead}.`}
    >
      {isStillAhead
        ? 'Its readings are shown with their time of arrival.'
        : `One reading is shown with its time of arrival, ${formatDayTime(seenAt, timeZone)}; newer ones are correct.`}{' '}
      Check the time server (NTP) and the time zone of the device.
    </Notice>
  );
}

/** Names each device whose clock runs ahead, by how much, and what to do about it. */
export function ClockNotices(props: {
  readings: readonly (DeviceReading | null)[];
  isInside?: boolean;
}) {
  return (
    <>
      {props.readings.map(
        reading =>
          reading !== null && (
            <ClockNotice
              key={`${reading.stream}/${reading.deviceId}`}
              reading={reading}
              isInside={props.isInside}
            />
          ),
      )}
    </>
  );
}
