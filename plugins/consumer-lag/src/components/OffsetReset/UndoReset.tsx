import { useApi } from '@backstage/frontend-plugin-api';
import type {
  OffsetReset,
  UndoPreview,
} from '@homelab/plugin-consumer-lag-common';
import { Notice, useAction } from '@homelab/portal-react';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { styled } from '@mui/material/styles';
import { useEffect, useState } from 'react';
import { consumerLagApiRef, useGroupRefresh } from '../../api';
import { TypedConfirmation } from '../TypedConfirmation';

const Parts = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'flex-start',
  gap: theme.spacing(1.5),
  padding: theme.spacing(1.5, 0),
}));

/** Restores the offsets from before a reset, after a preview. */
export function UndoReset(props: { reset: OffsetReset; onClose(): void }) {
  const { reset, onClose } = props;
  const api = useApi(consumerLagApiRef);
  const refresh = useGroupRefresh();
  const { run, problem, isBusy } = useAction();
  const [preview, setPreview] = useState<UndoPreview>();
  const [evenIfMoved, setEvenIfMoved] = useState(false);
  useEffect(() => {
    let gone = false;
    void run(() => api.previewUndo(reset)).then(answer => {
      if (!gone) setPreview(answer);
    });
    return () => {
      gone = true;
    };
    // Loaded once: the backend checks again before the undo.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  async function undo() {
    const undone = await run(() =>
      api.undoReset(reset, { confirmation: reset.group, evenIfMoved }),
    );
    if (undone === undefined) return;
    refresh({ cluster: reset.cluster, groupId: reset.group });
    onClose();
  }

  return (
    <Parts>
      {preview && (
        <>
          {preview.moved.length > 0 && (
            <FormControlLabel
              control={
                <Checkbox
                  checked={evenIfMoved}
                  onChange={event => setEvenIfMoved(event.target.checked)}
                />
              }
              label={`The group has since read on in ${count(preview.moved.length)}; take these back too.`}
            />
          )}
          {preview.notRestorable.length > 0 && (
            <span>
              {count(preview.notRestorable.length)} had no offset before and
              will keep the new one: Kafka cannot remove it.
            </span>
          )}
          <TypedConfirmation
            name={reset.group}
            what="group"
            button="Undo"
            isBusy={isBusy}
            refusal={
              preview.refusal ??
              (preview.moved.length > 0 && !evenIfMoved
                ? 'The group has read on since: confirm above that you want this.'
                : null)
            }
            onConfirm={undo}
          />
        </>
      )}
      {problem !== null && (
        <Notice isInside title="The undo failed.">
          {problem}
        </Notice>
      )}
      <Button size="small" onClick={onClose}>
        Close
      </Button>
    </Parts>
  );
}

function count(partitions: number): string {
  return partitions === 1 ? '1 partition' : `${partitions} partitions`;
}
