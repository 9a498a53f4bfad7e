import {
  severityOfStatus,
  statusWords,
} from '@homelab/plugin-consumer-lag-common';
import type { LagStatus } from '@homelab/plugin-consumer-lag-common';
import { StatusIcon, StatusMark } from '@homelab/portal-react';
import OkIcon from '@mui/icons-material/CheckCircleOutlined';
import LossIcon from '@mui/icons-material/DeleteSweepOutlined';
import RewindIcon from '@mui/icons-material/FastRewindOutlined';
import WarmingUpIcon from '@mui/icons-material/HourglassTopOutlined';
import IdleIcon from '@mui/icons-material/BedtimeOutlined';
import OrphanedIcon from '@mui/icons-material/LinkOffOutlined';
import AbandonedIcon from '@mui/icons-material/UnsubscribeOutlined';
import UnreadableIcon from '@mui/icons-material/LockOutlined';
import StallIcon from '@mui/icons-material/PauseCircleOutlined';
import NoCommitIcon from '@mui/icons-material/RemoveCircleOutlineOutlined';
import StopIcon from '@mui/icons-material/StopCircleOutlined';
import NoReaderIcon from '@mui/icons-material/PersonOffOutlined';
import WarnIcon from '@mui/icons-material/TrendingUpOutlined';
import type { ElementType } from 'react';

const icons: Record<LagStatus, ElementType> = {
  LOSS: LossIcon,
  STOP: StopIcon,
  STALL: StallIcon,
  REWIND: RewindIcon,
  NO_READER: NoReaderIcon,
  WARN: WarnIcon,
  ABANDONED: AbandonedIcon,
  UNREADABLE: UnreadableIcon,
  UNKNOWN: WarmingUpIcon,
  NO_COMMIT: NoCommitIcon,
  ORPHANED: OrphanedIcon,
  IDLE: IdleIcon,
  OK: OkIcon,
};

interface StatusProps {
  status: LagStatus;
  stale?: boolean;
  sizePx?: number;
}

function lookOf({ status, stale, sizePx }: StatusProps) {
  return {
    // Gone or idle groups are no trouble, but not "well" either.
    tone:
      status === 'ORPHANED' || status === 'IDLE'
        ? ('unknown' as const)
        : severityOfStatus(status),
    icon: icons[status],
    stale,
    sizePx,
  };
}

/** The icon of a status, without its word. */
export function LagStatusIcon(props: StatusProps) {
  return <StatusIcon {...lookOf(props)} />;
}

/** A status as icon and word. */
export function LagStatusMark(props: StatusProps) {
  return <StatusMark {...lookOf(props)} word={statusWords[props.status]} />;
}
