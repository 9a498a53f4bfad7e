import { Panel } from '@homelab/portal-react/ui';
import { canonicalMqttTopic } from '@homelab/telemetry';
import SensorsIcon from '@mui/icons-material/SensorsOutlined';
import { styled } from '@mui/material/styles';

const Root = styled(Panel)(({ theme }) => ({
  padding: theme.spacing(8, 3),
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'center',
  gap: theme.spacing(2),
  color: theme.palette.text.secondary,
  '& h2': {
    margin: 0,
    fontSize: '1.25rem',
    fontWeight: 600,
    color: theme.palette.text.primary,
    textAlign: 'center',
    overflowWrap: 'anywhere',
  },
  '& ul': { margin: 0, paddingLeft: theme.spacing(2.5), maxWidth: '36em' },
  '& li': { lineHeight: 1.6, marginBottom: theme.spacing(1) },
  '& code': {
    padding: '1px 6px',
    borderRadius: 4,
    background: theme.palette.background.default,
    fontSize: '0.85em',
    overflowWrap: 'anywhere',
  },
}));

/** Shown before the first reading of a heat pump: how to get one. */
export function EmptyView(props: { deviceId: string | null }) {
  const title =
    props.deviceId === null
      ? 'No heat pump has sent a reading yet'
      : `The heat pump ${props.deviceId} has not sent a reading yet`;
  return (
    <Root aria-label="No readings">
      <SensorsIcon aria-hidden sx={{ fontSize: 48 }} />
      <h2>{title}</h2>
      <ul>
        <li>
          Connect a HeishaMon gateway or a ThermIQ module to the MQTT broker of
          this house. Its values appear here within seconds.
        </li>
        <li>
          Or publish canonical readings to the MQTT topic{' '}
          <code>{canonicalMqttTopic('heatpump', 'DEVICE_ID')}</code>.
        </li>
        <li>
          Without a heat pump, let the device simulator simulate a house:{' '}
          <code>./homelab up</code> starts it.
        </li>
      </ul>
    </Root>
  );
}
