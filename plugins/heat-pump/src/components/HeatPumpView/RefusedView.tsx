import LockIcon from '@mui/icons-material/LockOutlined';
import { styled } from '@mui/material/styles';
import { heatPumpReadPermission } from '@homelab/plugin-heat-pump-common';
import { Panel } from '@homelab/portal-react';

const Root = styled(Panel)(({ theme }) => ({
  padding: theme.spacing(8, 3),
  textAlign: 'center',
  color: theme.palette.text.secondary,
  '& h2': {
    margin: theme.spacing(1, 0),
    fontSize: '1.25rem',
    fontWeight: 600,
    color: theme.palette.text.primary,
  },
  '& p': { margin: 0, lineHeight: 1.6 },
}));

/** The user may not see readings: which permission is missing and whom to ask. */
export function RefusedView() {
  return (
    <Root role="alert">
      <LockIcon aria-hidden sx={{ fontSize: 48 }} />
      <h2>You may not see the readings of this house</h2>
      <p>
        The permission <strong>{heatPumpReadPermission.name}</strong> is
        missing. Ask whoever runs this portal for it, then load the page again.
      </p>
    </Root>
  );
}
