import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { styled } from '@mui/material/styles';
import { VisuallyHidden, whenNarrow } from '../Panel';

const Choice = styled(ToggleButton)(({ theme }) => ({
  minWidth: 52,
  minHeight: 36,
  padding: '0 12px',
  textTransform: 'none',
  whiteSpace: 'nowrap',
  color: theme.palette.text.secondary,
  '&.Mui-selected': { color: theme.palette.text.primary, fontWeight: 600 },
  '@media (pointer: coarse)': { minHeight: 44 },
  // Six choices fit a phone when they share its width.
  [whenNarrow]: { flex: 1, minWidth: 0, padding: 0 },
}));

const Group = styled(ToggleButtonGroup)({
  [whenNarrow]: { width: '100%' },
}) as typeof ToggleButtonGroup;

/** A choice between a few options, such as time ranges. */
export function Choices<T extends string>(props: {
  label: string;
  /** The chosen one; null while something else is shown. */
  value: T | null;
  options: readonly {
    value: T;
    label: string;
    /** Read by screen readers after a short label. */
    words?: string;
  }[];
  onChoose(value: T): void;
}) {
  return (
    <Group
      exclusive
      size="small"
      aria-label={props.label}
      value={props.value}
      onChange={(_, value: T | null) => value && props.onChoose(value)}
    >
      {props.options.map(({ value, label, words }) => (
        <Choice key={value} value={value}>
          {label}
          {words !== undefined && <VisuallyHidden>, {words}</VisuallyHidden>}
        </Choice>
      ))}
    </Group>
  );
}
