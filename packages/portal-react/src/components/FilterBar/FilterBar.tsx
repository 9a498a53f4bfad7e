import { focusRing, whenNarrow } from '../Panel';
import SearchIcon from '@mui/icons-material/SearchOutlined';
import ButtonBase from '@mui/material/ButtonBase';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { styled } from '@mui/material/styles';

/** The filters of a list, on one line if there is room. */
export const FilterBar = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(1.5),
}));

/** Choices side by side; in a narrow view they scroll horizontally. */
export const FilterChips = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(1, 1.5),
  minWidth: 0,
  [whenNarrow]: {
    flexWrap: 'nowrap',
    width: '100%',
    padding: 2,
    margin: -2,
    overflowX: 'auto',
    scrollbarWidth: 'none',
  },
}));

/** A choice that can be on or off, with the number of items it matches. */
export const FilterChip = styled(ButtonBase)(({ theme }) => ({
  ...focusRing(theme),
  display: 'inline-flex',
  alignItems: 'center',
  gap: 6,
  minHeight: 36,
  padding: theme.spacing(0, 1.5),
  borderRadius: 18,
  border: `1px solid ${theme.palette.divider}`,
  background: theme.palette.background.paper,
  fontFamily: 'inherit',
  fontSize: '0.8125rem',
  fontVariantNumeric: 'tabular-nums',
  color: theme.palette.text.secondary,
  flex: 'none',
  whiteSpace: 'nowrap',
  '& strong': { fontWeight: 600, color: theme.palette.text.primary },
  '&:hover': { background: theme.palette.action.hover },
  '&[aria-pressed="true"]': {
    borderColor: theme.palette.primary.main,
    boxShadow: `inset 0 0 0 1px ${theme.palette.primary.main}`,
    color: theme.palette.text.primary,
  },
  '&:disabled': { opacity: 0.55 },
  '@media (pointer: coarse)': { minHeight: 44, borderRadius: 22 },
}));

const Field = styled(TextField)({
  width: 264,
  '& input': { fontSize: '0.875rem' },
  [whenNarrow]: { width: '100%' },
});

/** A search field that filters by part of a name. */
export function SearchField(props: {
  label: string;
  value: string;
  onChange(value: string): void;
}) {
  return (
    <Field
      size="small"
      type="search"
      placeholder={props.label}
      inputProps={{ 'aria-label': props.label }}
      value={props.value}
      onChange={event => props.onChange(event.target.value)}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon aria-hidden fontSize="small" />
          </InputAdornment>
        ),
      }}
    />
  );
}
