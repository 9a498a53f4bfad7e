import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

/** Selects one of several devices. */
export function Picker(props: {
  label: string;
  options: readonly string[];
  chosen: string;
  onChoose(option: string): void;
}) {
  return (
    <TextField
      select
      size="small"
      label={props.label}
      value={props.chosen}
      onChange={event => props.onChoose(event.target.value)}
      sx={{ minWidth: 200, maxWidth: '100%' }}
    >
      {props.options.map(option => (
        <MenuItem key={option} value={option}>
          {option}
        </MenuItem>
      ))}
    </TextField>
  );
}
