import FormControl from '@mui/material/FormControl';
import InputLabel from '@mui/material/InputLabel';
import NativeSelect from '@mui/material/NativeSelect';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useId } from 'react';

/** A choice of one device out of several, by the menu of the browser itself. */
export function DeviceSelect(props: {
  label: string;
  devices: readonly { deviceId: string }[];
  chosen: string | undefined;
  onChoose(deviceId: string): void;
}) {
  const { label, devices, chosen } = props;
  const id = useId();
  return (
    <FormControl size="small" sx={{ maxWidth: '100%', width: 260 }}>
      <InputLabel htmlFor={id} shrink>
        {label}
      </InputLabel>
      <NativeSelect
        id={id}
        value={chosen ?? ''}
        onChange={event => props.onChoose(event.target.value)}
        input={<OutlinedInput label={label} notched />}
      >
        {chosen === undefined && <option value="">Not chosen</option>}
        {devices.map(({ deviceId }) => (
          <option key={deviceId} value={deviceId}>
            {deviceId}
          </option>
        ))}
      </NativeSelect>
    </FormControl>
  );
}
