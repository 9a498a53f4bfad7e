import type { Database } from '@homelab/plugin-timescale-explorer-common';
import { ClusterPicker, useQueryValue } from '@homelab/portal-react';

/** Chooses the database; nothing while there is only one. */
export function DatabasePicker(props: {
  databases: readonly Database[];
  chosen: string | null;
}) {
  const [, setId] = useQueryValue('db');
  return (
    <ClusterPicker
      label="Database"
      isNeeded
      clusters={props.databases.map(({ id, title }) => ({ name: id, title }))}
      chosen={props.chosen}
      onChoose={setId}
    />
  );
}
