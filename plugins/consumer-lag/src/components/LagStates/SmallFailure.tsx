import { consumerLagReadPermission } from '@homelab/plugin-consumer-lag-common';
import { isRefused, reasonOf } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';

const Root = styled('p')(({ theme }) => ({
  margin: 0,
  fontSize: '0.875rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
  overflowWrap: 'anywhere',
}));

/** Why there is no data, in a small view. */
export function SmallFailure({ error }: { error: Error }) {
  return (
    <Root role="status">
      {isRefused(error)
        ? `You may not see the consumer groups: the permission ${consumerLagReadPermission.name} is missing.`
        : `The consumer groups cannot be loaded: ${reasonOf(error)} The page retries by itself.`}
    </Root>
  );
}
