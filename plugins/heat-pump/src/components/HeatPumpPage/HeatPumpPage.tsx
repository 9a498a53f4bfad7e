import { useQueryValue } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { HeatPumpView } from '../HeatPumpView';

const Main = styled('main')(({ theme }) => ({
  boxSizing: 'border-box',
  width: '100%',
  maxWidth: 1440,
  margin: '0 auto',
  padding: theme.spacing(3, 4, 8),
  [theme.breakpoints.down('sm')]: { padding: theme.spacing(2, 2, 10) },
}));

/** The page of the live heat pump view; the heat pump and the range are in the URL. */
export function HeatPumpPage() {
  const [deviceId, setDeviceId] = useQueryValue('device');
  return (
    <Main>
      <HeatPumpView deviceId={deviceId} onDevice={setDeviceId} />
    </Main>
  );
}
