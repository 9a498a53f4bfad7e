import { formatAge } from '@homelab/plugin-heat-pump-common';
import type { Sources } from '@homelab/plugin-heat-pump-common';
import CloudOffIcon from '@mui/icons-material/CloudOffOutlined';
import LinkOffIcon from '@mui/icons-material/LinkOffOutlined';
import WarningIcon from '@mui/icons-material/WarningAmberOutlined';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import type { Connection } from '../../api';
import { useNow } from '../../hooks/useNow';

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  gap: theme.spacing(1.5),
  padding: theme.spacing(1.5, 2),
  borderRadius: 10,
  border: `1px solid ${theme.palette.divider}`,
  borderLeft: `4px solid ${theme.palette.warning.main}`,
  background: theme.palette.background.paper,
  color: theme.palette.text.primary,
  fontSize: '0.875rem',
  lineHeight: 1.5,
  '& svg': { color: theme.palette.warning.main, flex: 'none' },
}));

/** Something is wrong in one place: what, and what is shown instead. */
export function Notice(props: {
  icon?: ReactNode;
  title: string;
  children: ReactNode;
}) {
  return (
    <Root role="status">
      {props.icon ?? <WarningIcon aria-hidden />}
      <div>
        <strong>{props.title}</strong> {props.children}
      </div>
    </Root>
  );
}

function LostNotice(props: { sinceMs: number }) {
  const nowMs = useNow(1000);
  return (
    <Notice icon={<LinkOffIcon aria-hidden />} title="Connection lost.">
      This page has not reached the portal for{' '}
      {formatAge(nowMs - props.sinceMs)}. The values below are the last ones it
      got; it keeps trying.
    </Notice>
  );
}

/**
 * Says which link of the chain is broken: the browser's connection to the portal, the
 * portal's to Kafka, or its to the database. Shows nothing while all is well.
 */
export function ConnectionNotice(props: {
  connection: Connection;
  sources: Sources;
}) {
  const { connection, sources } = props;
  if (connection.state === 'lost') {
    return <LostNotice sinceMs={connection.sinceMs} />;
  }
  return (
    <>
      {!sources.live.ok && (
        <Notice icon={<CloudOffIcon aria-hidden />} title="No live readings.">
          {sources.live.detail}. Stored readings are shown instead, up to 15
          seconds late.
        </Notice>
      )}
      {!sources.history.ok && (
        <Notice icon={<CloudOffIcon aria-hidden />} title="No stored readings.">
          {sources.history.detail}
        </Notice>
      )}
    </>
  );
}
