import {
  formatAge,
  formatDayTime,
  useNow,
  useSiteClock,
} from '@homelab/portal-react/ui';
import CloudOffIcon from '@mui/icons-material/CloudOffOutlined';
import LinkOffIcon from '@mui/icons-material/LinkOffOutlined';
import { styled } from '@mui/material/styles';
import type { HouseState } from './house-store.ts';
import { silenceOf } from './connection.ts';
import type { Silence } from './connection.ts';
import { useOnline } from './useOnline.ts';

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: theme.spacing(1.5),
  padding: theme.spacing(1.25, 2),
  borderRadius: 12,
  background: theme.palette.text.primary,
  color: theme.palette.background.paper,
  fontSize: '0.9375rem',
  lineHeight: 1.4,
  fontVariantNumeric: 'tabular-nums',
  '& svg': { flex: 'none', fontSize: 22 },
}));

function wordsOf(silence: Silence): string | undefined {
  switch (silence.link) {
    case 'device':
      return 'This device is offline: it has no network.';
    case 'server':
      return 'The house cannot be reached.';
    case 'pipeline':
      return 'No new values arrive.';
    default:
      return undefined;
  }
}

/** The network of this device is for its owner; the house may need somebody. */
function adviceOf({ link }: Silence): string {
  return link === 'server'
    ? 'See whether this device is in the network of the house and Homelab runs. '
    : '';
}

/** Says who is silent and of when the values are; nothing while all is live. */
export function ConnectionBar({ state }: { state: HouseState }) {
  const silence = silenceOf(state, useOnline());
  const { timeZone } = useSiteClock();
  const nowMs = useNow(1_000);
  const words = wordsOf(silence);
  const { heardAtMs } = state;
  const lastKnown =
    heardAtMs === undefined
      ? 'Nothing is known yet. The page keeps trying.'
      : `${adviceOf(silence)}Last known ${formatAge(nowMs - heardAtMs)} ago, ${formatDayTime(heardAtMs + state.clockOffsetMs, timeZone)}. The page keeps trying.`;
  const Icon = silence.link === 'device' ? CloudOffIcon : LinkOffIcon;
  return (
    <div role="status">
      {words !== undefined && (
        <Root>
          <Icon aria-hidden />
          <span>
            <strong>{words}</strong>{' '}
            {silence.link === 'pipeline'
              ? `${silence.detail} System health of the portal says what has stopped.`
              : lastKnown}
          </span>
        </Root>
      )}
    </div>
  );
}
