import type { ReactNode } from 'react';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { isRefused } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import type { SystemHealth } from '../../api';

const Message = styled('div')(({ theme }) => ({
  color: theme.palette.text.secondary,
  maxWidth: '60ch',
  lineHeight: 1.5,
  '& strong': { display: 'block', color: theme.palette.text.primary },
  '& button': { marginTop: theme.spacing(1) },
}));

const Rows = styled('div')({ display: 'grid', gap: 14, padding: '10px 0' });

/** Placeholder rows. */
export function LoadingRows({ count = 6 }: { count?: number }) {
  return (
    <Rows role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} variant="rounded" height={26} />
      ))}
    </Rows>
  );
}

function Failed({ health, error }: { health: SystemHealth; error: Error }) {
  if (isRefused(error)) {
    return (
      <Message role="alert">
        <strong>You do not have access to the system health</strong>
        The permission system-health.read is missing. Ask the administrator of
        this portal for it.
      </Message>
    );
  }
  return (
    <Message role="alert">
      <strong>The system health cannot be loaded</strong>
      {error.message} The page keeps retrying.
      <div>
        <Button variant="outlined" size="small" onClick={health.refresh}>
          Retry now
        </Button>
      </div>
    </Message>
  );
}

/**
 * Renders a placeholder while there are no targets: loading, failed or not configured. With
 * targets it renders the children.
 */
export function HealthStates(props: {
  health: SystemHealth;
  children: ReactNode;
}) {
  const { health, children } = props;
  if (!health.targets) {
    return health.error ? (
      <Failed health={health} error={health.error} />
    ) : (
      <LoadingRows />
    );
  }
  if (health.targets.length === 0) {
    return (
      <Message>
        <strong>Nothing is being monitored yet</strong>
        List targets under systemHealth.targets in the configuration; each then
        appears here with its state.
      </Message>
    );
  }
  return <>{children}</>;
}
