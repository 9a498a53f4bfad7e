import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

/** The choice of a group's topic; hidden when there is only one. */
export function TopicChoice(props: {
  topics: readonly string[];
  chosen: string | undefined;
  onChoose(topic: string | null): void;
}) {
  const { topics, chosen, onChoose } = props;
  if (topics.length < 2) return null;
  return (
    <TextField
      select
      size="small"
      label="Kafka topic"
      value={chosen ?? ''}
      onChange={event => onChoose(event.target.value || null)}
      SelectProps={{ displayEmpty: true }}
      InputLabelProps={{ shrink: true }}
      sx={{ minWidth: 180 }}
    >
      <MenuItem value="">All {topics.length}</MenuItem>
      {topics.map(one => (
        <MenuItem key={one} value={one}>
          {one}
        </MenuItem>
      ))}
    </TextField>
  );
}
