import { describeState } from '@homelab/heat-pump';
import type {
  HeatpumpDeviceReading,
  StateDescription,
} from '@homelab/heat-pump';
import {
  toneColour,
  VisuallyHidden,
  whenNarrow,
} from '@homelab/portal-react/ui';
import AcUnitIcon from '@mui/icons-material/AcUnit';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import FireIcon from '@mui/icons-material/LocalFireDepartmentOutlined';
import HelpIcon from '@mui/icons-material/HelpOutline';
import PauseIcon from '@mui/icons-material/PauseCircleOutline';
import PowerIcon from '@mui/icons-material/PowerSettingsNew';
import ScheduleIcon from '@mui/icons-material/Schedule';
import WaterIcon from '@mui/icons-material/WaterDropOutlined';
import { styled } from '@mui/material/styles';
import type { Theme } from '@mui/material/styles';
import type { ElementType, ReactNode } from 'react';
import { ReadingAge, useFreshness } from '../Age';

const modeIcons: Record<string, ElementType> = {
  defrost: AcUnitIcon,
  cooling: AcUnitIcon,
  legionella: WaterIcon,
  hot_water: WaterIcon,
  heating: FireIcon,
  aux_only: FireIcon,
  standby: PauseIcon,
  off: PowerIcon,
};

function iconOf(state: StateDescription, mode: string | null, isOld: boolean) {
  if (isOld) return ScheduleIcon;
  if (state.tone === 'act') return ErrorIcon;
  return modeIcons[mode ?? 'unknown'] ?? HelpIcon;
}

const Root = styled('header')(({ theme }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  flexWrap: 'wrap',
  gap: theme.spacing(1, 3),
}));

const Words = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  gap: theme.spacing(1.5),
  flex: '1 1 320px',
  minWidth: 0,
}));

const Sentence = styled('h2')(({ theme }) => ({
  margin: 0,
  maxWidth: '42em',
  fontSize: '1.5rem',
  lineHeight: 1.3,
  fontWeight: 400,
  color: theme.palette.text.primary,
  fontVariantNumeric: 'tabular-nums',
  '& strong': { fontWeight: 600 },
  [whenNarrow]: { fontSize: '1.25rem' },
}));

/** One sentence about what the heat pump is doing, with its age. */
export function StateHeader(props: {
  heatPump: HeatpumpDeviceReading;
  /** Shown at the end of the line, such as a device picker. */
  children?: ReactNode;
}) {
  const { heatPump, children } = props;
  const freshness = useFreshness(heatPump);
  const state = describeState(
    heatPump.reading,
    freshness,
    heatPump.wholeFields,
  );
  const Icon = iconOf(state, heatPump.reading.mode, freshness !== 'fresh');
  return (
    <Root>
      <Words>
        <Icon
          aria-hidden
          sx={(theme: Theme) => ({
            color: toneColour(theme, state.tone),
            fontSize: '2rem',
            flex: 'none',
          })}
        />
        <div>
          <Sentence data-tone={state.tone}>
            <strong>{state.lead}</strong>
            {state.sentence.slice(state.lead.length)}
          </Sentence>
          <ReadingAge reading={heatPump} prefix="as of " />
        </div>
      </Words>
      {children}
      <VisuallyHidden role="status">
        {state.tone === 'act' ? state.sentence : ''}
      </VisuallyHidden>
    </Root>
  );
}
