import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

/** Selects one of several heat pumps. */
export function DevicePicker(props: {
  deviceIds: readonly string[];
  chosen: string;
  onChoose(deviceId: string): void;
}) {
  return (
    <TextField
      select
      size="small"
      label="Heat pump"
      value={props.chosen}
      onChange={event => props.onChoose(event.target.value)}
      sx={{ minWidth: 200 }}
    >
      {props.deviceIds.map(deviceId => (
        <MenuItem key={deviceId} value={deviceId}>
          {deviceId}
        </MenuItem>
      ))}
    </TextField>
  );
}
