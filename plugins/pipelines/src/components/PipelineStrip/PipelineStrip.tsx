import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type {
  Hop,
  HopKind,
  HopState,
  Pipeline,
} from '@homelab/plugin-pipelines-common';
import { formatRate } from '@homelab/portal-common';
import {
  Age,
  staleLook,
  StatusMark,
  toneColour,
  VisuallyHidden,
} from '@homelab/portal-react';
import type { Tone } from '@homelab/portal-react';
import StopIcon from '@mui/icons-material/BlockOutlined';
import MqttIcon from '@mui/icons-material/CellTowerOutlined';
import GroupIcon from '@mui/icons-material/DownloadingOutlined';
import DeviceIcon from '@mui/icons-material/SensorsOutlined';
import TableIcon from '@mui/icons-material/StorageOutlined';
import KafkaIcon from '@mui/icons-material/ViewStreamOutlined';
import { styled, useTheme } from '@mui/material/styles';
import type { ElementType } from 'react';
import { groupRouteRef, topicRouteRef } from '../../routes';
import { Hops, Line, Node, Unit, Words } from './parts';

const kinds: Record<HopKind, { words: string; icon: ElementType }> = {
  device: { words: 'Device', icon: DeviceIcon },
  'mqtt-topic': { words: 'MQTT topic', icon: MqttIcon },
  'kafka-topic': { words: 'Kafka topic', icon: KafkaIcon },
  'consumer-group': { words: 'Consumer group', icon: GroupIcon },
  table: { words: 'Table', icon: TableIcon },
};

const states: Record<HopState, { tone: Tone; word: string }> = {
  flowing: { tone: 'ok', word: 'Flowing' },
  quiet: { tone: 'unknown', word: 'Quiet' },
  stopped: { tone: 'act', word: 'Stopped' },
  unknown: { tone: 'unknown', word: 'Unknown' },
};

const Sentence = styled('p')(({ theme }) => ({
  margin: theme.spacing(0, 0, 2.5),
  maxWidth: '75ch',
  fontSize: '0.9375rem',
  lineHeight: 1.5,
  color: theme.palette.text.primary,
  overflowWrap: 'anywhere',
}));

/** Duration of one step of the flow animation: the higher the rate, the shorter. */
function flowSeconds(ratePerSecond: number | null): number {
  return 1.6 / (1 + Math.log10(1 + (ratePerSecond ?? 0)));
}

/**
 * The path of readings, hop by hop, with rate and freshness at each. Where data stops the line is
 * broken, and all hops after it are quiet.
 */
export function PipelineStrip(props: { pipeline: Pipeline; stale: boolean }) {
  const { pipeline, stale } = props;
  const { hops, sentence, title } = pipeline;
  return (
    <div style={stale ? staleLook : undefined}>
      <Sentence>{sentence}</Sentence>
      <Hops aria-label={`Hops of ${title}`}>
        {hops.map((hop, index) => (
          <HopItem
            key={`${hop.kind} ${hop.name}`}
            hop={hop}
            next={hops[index + 1]}
            stale={stale}
          />
        ))}
      </Hops>
    </div>
  );
}

function HopItem(props: { hop: Hop; next: Hop | undefined; stale: boolean }) {
  const { hop, next, stale } = props;
  const theme = useTheme();
  const { words, icon: Icon } = kinds[hop.kind];
  const look = states[hop.state];
  return (
    <li data-state={hop.state}>
      <Node
        aria-hidden
        style={
          hop.state === 'stopped' && !stale
            ? { borderColor: toneColour(theme, 'act') }
            : undefined
        }
      >
        <Icon />
      </Node>
      {next && <Connection next={next} />}
      <Words>
        <span className="kind">{words}</span>
        <span className="title">
          <HopTitle hop={hop} />
        </span>
        <span className="rate">
          {hop.ratePerSecond !== null && (
            <>
              {formatRate(hop.ratePerSecond)}
              <Unit> /s</Unit>
            </>
          )}
        </span>
        <span className="state">
          <StatusMark {...look} stale={stale} sizePx={16} />
        </span>
        {hop.newestAt !== null && (
          <span className="age">
            <Age
              at={hop.newestAt}
              isOld={hop.state === 'stopped'}
              prefix={hop.state === 'quiet' ? 'last ' : undefined}
            />
          </span>
        )}
        {hop.detail !== null && <span className="detail">{hop.detail}</span>}
      </Words>
    </li>
  );
}

function Connection({ next }: { next: Hop }) {
  return (
    <Line
      aria-hidden
      data-state={next.state}
      style={{ animationDuration: `${flowSeconds(next.ratePerSecond)}s` }}
    >
      {next.state === 'stopped' && <StopIcon />}
    </Line>
  );
}

function HopTitle({ hop }: { hop: Hop }) {
  const group = useRouteRef(groupRouteRef);
  const topic = useRouteRef(topicRouteRef);
  const { kind, cluster, name, title } = hop;
  if (cluster !== null && kind === 'consumer-group' && group)
    return <Link to={group({ cluster, groupId: name })}>{title}</Link>;
  if (cluster !== null && kind === 'kafka-topic' && topic)
    return <Link to={topic({ cluster, topic: name })}>{title}</Link>;
  return (
    <>
      {title}
      {title !== name && <VisuallyHidden> {name}</VisuallyHidden>}
    </>
  );
}
