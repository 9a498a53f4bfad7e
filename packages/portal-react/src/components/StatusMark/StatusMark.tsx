import ActIcon from '@mui/icons-material/CancelOutlined';
import OkIcon from '@mui/icons-material/CheckCircleOutlined';
import WatchIcon from '@mui/icons-material/ErrorOutlineOutlined';
import UnknownIcon from '@mui/icons-material/HelpOutlineOutlined';
import StaleIcon from '@mui/icons-material/ScheduleOutlined';
import type { Theme } from '@mui/material/styles';
import { styled, useTheme } from '@mui/material/styles';
import type { ElementType } from 'react';

/** How serious a state is: fine, worth watching, action needed, unknown. */
export type Tone = 'ok' | 'watch' | 'act' | 'unknown';

const icons: Record<Tone, ElementType> = {
  ok: OkIcon,
  watch: WatchIcon,
  act: ActIcon,
  unknown: UnknownIcon,
};

/** The colour of a tone in the current theme. */
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
  /** Old data is shown in grey with a clock. */
  stale?: boolean;
  sizePx?: number;
  /** Replaces the icon of the tone. */
  icon?: ElementType;
}

/** The icon of a state, without text. */
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

// Inline, so that the text shares the surrounding baseline.
const Mark = styled('span')({
  whiteSpace: 'nowrap',
  '& svg': { verticalAlign: '-0.22em', marginRight: 8 },
});

/** A state as icon and text. */
export function StatusMark(props: StatusIconProps & { word: string }) {
  const { word, ...icon } = props;
  return (
    <Mark>
      <StatusIcon {...icon} />
      {word}
    </Mark>
  );
}
