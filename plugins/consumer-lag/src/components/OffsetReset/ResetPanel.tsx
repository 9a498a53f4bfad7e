import { useApi } from '@backstage/frontend-plugin-api';
import type {
  GroupDetail,
  OffsetReset,
  ResetPreview,
} from '@homelab/plugin-consumer-lag-common';
import {
  ActionReason,
  Notice,
  Panel,
  PanelTitle,
  useAction,
  useSiteClock,
} from '@homelab/portal-react';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useId, useState } from 'react';
import { consumerLagApiRef, useGroupRefresh } from '../../api';
import { useActions } from '../../hooks/useActions';
import { TypedConfirmation } from '../TypedConfirmation';
import { describeEffect, describeTarget } from './describeTarget';
import { PreviewTable } from './PreviewTable';
import { ResetForm } from './ResetForm';
import { ResetHistory } from './ResetHistory';

const Parts = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'flex-start',
  gap: theme.spacing(2),
  marginTop: theme.spacing(1),
  fontSize: '0.875rem',
  lineHeight: 1.5,
  '& > *': { maxWidth: '100%' },
  '& > [role=status]': { width: '100%', boxSizing: 'border-box' },
  '& p': { margin: 0, maxWidth: '75ch' },
  '& ul': { margin: 0, paddingLeft: theme.spacing(2.5), maxWidth: '75ch' },
}));

const Quiet = styled('p')(({ theme }) => ({
  color: theme.palette.text.secondary,
}));

/**
 * Moves the committed offsets of a group: a preview of what is skipped or read again, then a
 * typed confirmation, and undo.
 */
export function ResetPanel({ group }: { group: GroupDetail }) {
  const { reset } = useActions();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <Panel aria-label="Move offsets">
      <PanelTitle>Move offsets</PanelTitle>
      <Parts>
        <Quiet>
          Makes the group read records again, or skip them. Possible only while
          no member is running{runningNow(group.memberCount)}. A preview shows
          the effect, and it can be undone.
        </Quiet>
        {isOpen && reset.isAllowed ? (
          <ResetSteps group={group} />
        ) : (
          <Button
            variant="outlined"
            disabled={!reset.isAllowed}
            aria-describedby={`${id}-reason`}
            onClick={() => setOpen(true)}
          >
            Move offsets…
          </Button>
        )}
        <ActionReason
          id={`${id}-reason`}
          reason={reset.isAllowed ? null : reset.reason}
        />
        <ResetHistory group={group} canUndo={reset.isAllowed} />
      </Parts>
    </Panel>
  );
}

function runningNow(memberCount: number): string {
  if (memberCount === 0) return '';
  return memberCount === 1
    ? ' (1 is running now)'
    : ` (${memberCount} are running now)`;
}

function ResetSteps({ group }: { group: GroupDetail }) {
  const api = useApi(consumerLagApiRef);
  const refresh = useGroupRefresh();
  const asking = useAction();
  const applying = useAction();
  const [preview, setPreview] = useState<ResetPreview>();
  const [applied, setApplied] = useState<OffsetReset>();
  const { timeZone } = useSiteClock();
  const { cluster, groupId } = group;
  const ref = { cluster, groupId };

  async function apply(previewToken: string) {
    const done = await applying.run(() =>
      api.applyReset(ref, { previewToken, confirmation: groupId }),
    );
    if (done === undefined) return;
    setApplied(done);
    setPreview(undefined);
    refresh(ref);
  }

  return (
    <>
      <ResetForm
        topics={group.topics}
        isBusy={asking.isBusy}
        onChange={() => {
          setPreview(undefined);
          setApplied(undefined);
        }}
        onPreview={async request => {
          setApplied(undefined);
          setPreview(await asking.run(() => api.previewReset(ref, request)));
        }}
      />
      {asking.problem !== null && (
        <Notice isInside title="The preview failed.">
          {asking.problem}
        </Notice>
      )}
      {preview && (
        <Preview
          preview={preview}
          isBusy={applying.isBusy}
          onApply={apply}
          groupId={groupId}
        />
      )}
      {applying.problem !== null && (
        <Notice isInside title="The offsets were not moved.">
          {applying.problem}
        </Notice>
      )}
      {applied && (
        <p role="status">
          {applied.state === 'applied'
            ? `Done: the offsets were moved ${describeTarget(applied.target, timeZone)}. Start the group again, or undo the move below.`
            : `The move failed: ${applied.failure?.message ?? 'Kafka has not answered yet.'}`}
        </p>
      )}
    </>
  );
}

function Preview(props: {
  preview: ResetPreview;
  groupId: string;
  isBusy: boolean;
  onApply(previewToken: string): void;
}) {
  const { preview, groupId, isBusy, onApply } = props;
  const { partitions, problems, warnings, previewToken } = preview;
  return (
    <>
      <p>
        <strong>
          {previewToken === null && partitions.length === 0
            ? 'Nothing would change.'
            : describeEffect(preview)}
        </strong>
      </p>
      {(warnings.length > 0 || problems.length > 0) && (
        <ul>
          {warnings.map(warning => (
            <li key={warning}>{warning}</li>
          ))}
          {problems.map(({ topic, partition, message }) => (
            <li key={`${topic} ${partition} ${message}`}>
              {partition === null ? topic : `${topic}-${partition}`} stays
              unchanged: {message}
            </li>
          ))}
        </ul>
      )}
      {partitions.length > 0 && <PreviewTable partitions={partitions} />}
      {previewToken !== null && (
        <TypedConfirmation
          name={groupId}
          what="group"
          button="Move offsets"
          isBusy={isBusy}
          refusal={refusalOf(preview)}
          onConfirm={() => onApply(previewToken)}
        />
      )}
    </>
  );
}

function refusalOf({ isGroupEmpty, memberCount }: ResetPreview): string | null {
  if (isGroupEmpty) return null;
  const members =
    memberCount === 1 ? 'its member' : `its ${memberCount} members`;
  return `Stop ${members} first: Kafka moves the offsets of a group only while it has no members. Then preview again.`;
}
