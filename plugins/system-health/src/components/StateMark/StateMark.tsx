import { stateWords } from '@homelab/plugin-system-health-common';
import type { HealthState } from '@homelab/plugin-system-health-common';
import OkIcon from '@mui/icons-material/CheckCircleOutlined';
import DownIcon from '@mui/icons-material/CancelOutlined';
import NotReadyIcon from '@mui/icons-material/ErrorOutlined';
import UnknownIcon from '@mui/icons-material/HelpOutlineOutlined';
import StaleIcon from '@mui/icons-material/ScheduleOutlined';
import type { Theme } from '@mui/material/styles';
import { styled, useTheme } from '@mui/material/styles';

const icons = {
  ok: OkIcon,
  'not-ready': NotReadyIcon,
  down: DownIcon,
  unknown: UnknownIcon,
};

/** The colour of a state in the theme at hand. */
export function stateColour(theme: Theme, state: HealthState): string {
  switch (state) {
    case 'ok':
      return theme.palette.success.main;
    case 'not-ready':
      return theme.palette.warning.main;
    case 'down':
      return theme.palette.error.main;
    case 'unknown':
      return theme.palette.text.secondary;
  }
}

/** The icon of a state, without its word. Stale data loses its colour and gets a clock. */
export function StateIcon(props: {
  state: HealthState;
  stale?: boolean;
  sizePx?: number;
}) {
  const theme = useTheme();
  const Icon = props.stale ? StaleIcon : icons[props.state];
  return (
    <Icon
      aria-hidden
      style={{
        fontSize: props.sizePx ?? 20,
        flex: 'none',
        color: stateColour(theme, props.stale ? 'unknown' : props.state),
      }}
    />
  );
}

// Inline, so that the word stands on the line of the text around it.
const Mark = styled('span')({
  whiteSpace: 'nowrap',
  '& svg': { verticalAlign: '-0.22em', marginRight: 8 },
});

/** A state as icon and word. */
export function StateMark(props: { state: HealthState; stale?: boolean }) {
  return (
    <Mark>
      <StateIcon {...props} />
      {stateWords[props.state]}
    </Mark>
  );
}
