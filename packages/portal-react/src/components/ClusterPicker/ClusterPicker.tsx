import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

/** Stands for no choice; a cluster cannot have this name. */
const all = '';

/** Chooses the cluster to show. Renders nothing when there is only one. */
export function ClusterPicker(props: {
  clusters: readonly { readonly name: string; readonly title: string }[];
  chosen: string | null;
  onChoose(cluster: string | null): void;
  /** What is chosen; `Cluster` when absent. */
  label?: string;
  /** Whether one must be chosen; otherwise all can be shown together. */
  isNeeded?: boolean;
}) {
  const { clusters, chosen, onChoose, isNeeded } = props;
  if (clusters.length < 2) return null;
  return (
    <TextField
      select
      size="small"
      label={props.label ?? 'Cluster'}
      value={chosen ?? all}
      onChange={event =>
        onChoose(event.target.value === all ? null : event.target.value)
      }
      SelectProps={{ displayEmpty: true }}
      InputLabelProps={{ shrink: true }}
      sx={{ minWidth: 160 }}
    >
      {!isNeeded && <MenuItem value={all}>All {clusters.length}</MenuItem>}
      {clusters.map(({ name, title }) => (
        <MenuItem key={name} value={name}>
          {title}
        </MenuItem>
      ))}
    </TextField>
  );
}
