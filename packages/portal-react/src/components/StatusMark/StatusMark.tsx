import ActIcon from '@mui/icons-material/CancelOutlined';
import OkIcon from '@mui/icons-material/CheckCircleOutlined';
import WatchIcon from '@mui/icons-material/ErrorOutlineOutlined';
import UnknownIcon from '@mui/icons-material/HelpOutlineOutlined';
import StaleIcon from '@mui/icons-material/ScheduleOutlined';
import type { Theme } from '@mui/material/styles';
import { styled, useTheme } from '@mui/material/styles';
import type { ElementType } from 'react';

/** How much a state matters: at ease, to be watched, somebody must act, not known. */
export type Tone = 'ok' | 'watch' | 'act' | 'unknown';

const icons: Record<Tone, ElementType> = {
  ok: OkIcon,
  watch: WatchIcon,
  act: ActIcon,
  unknown: UnknownIcon,
};

/** The colour of a tone in the theme at hand. */
export function toneColour(theme: Theme, tone: Tone): string {
  const colours: Record<Tone, string> = {
    ok: theme.palette.success.main,
    watch: theme.palette.warning.main,
    act: theme.palette.error.main,
    unknown: theme.palette.text.secondary,
  };
  return colours[tone];
}

interface StatusIconProps {
  tone: Tone;
  /** Old data loses its colour and gets a clock. */
  stale?: boolean;
  sizePx?: number;
  /** Says more than the icon of the tone does. */
  icon?: ElementType;
}

/** The icon of a state, without its word. */
export function StatusIcon(props: StatusIconProps) {
  const theme = useTheme();
  const { tone, stale = false, sizePx = 20 } = props;
  const Icon = stale ? StaleIcon : (props.icon ?? icons[tone]);
  return (
    <Icon
      aria-hidden
      style={{
        fontSize: sizePx,
        flex: 'none',
        color: toneColour(theme, stale ? 'unknown' : tone),
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
export function StatusMark(props: StatusIconProps & { word: string }) {
  const { word, ...icon } = props;
  return (
    <Mark>
      <StatusIcon {...icon} />
      {word}
    </Mark>
  );
}
