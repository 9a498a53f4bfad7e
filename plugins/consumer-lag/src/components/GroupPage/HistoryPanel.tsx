import { historyRanges } from '@homelab/plugin-consumer-lag-common';
import type {
  HistoryRange,
  HistoryResponse,
} from '@homelab/plugin-consumer-lag-common';
import {
  Choices,
  Notice,
  Panel,
  PanelTitle,
  reasonOf,
  TimeSeriesChart,
  useQueryValue,
  useSiteClock,
} from '@homelab/portal-react';
import type { TimeRange } from '@homelab/portal-react';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { useId, useMemo, useState } from 'react';
import { useSlowLag } from '../../api';
import type { GroupRef } from '../../api';
import { EventList } from './EventList';
import { TopicChoice } from '../TopicChoice';
import { durationWords } from './durationWords';
import { rateWords } from './rateWords';
import { gapsOf, lagLines, markersOf, rateLines } from './historyLines';
import type { LagUnit } from './historyLines';

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(1, 2),
  marginBottom: theme.spacing(2),
  '& > h3': { flex: '1 1 160px' },
}));

const Charts = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(3),
}));

const Quiet = styled('p')(({ theme }) => ({
  margin: 0,
  padding: theme.spacing(6, 0),
  textAlign: 'center',
  color: theme.palette.text.secondary,
}));

const words: Record<HistoryRange, string> = {
  '1h': 'last hour',
  '6h': 'last 6 hours',
  '24h': 'last 24 hours',
  '14d': 'last 14 days',
};

const choices = historyRanges.map(value => ({
  value,
  label: value.replace(/(\d+)/, '$1 '),
  words: words[value],
}));

const units: readonly { value: LagUnit; label: string }[] = [
  { value: 'records', label: 'Records' },
  { value: 'time', label: 'Time' },
];

function isRange(text: string | null): text is HistoryRange {
  return historyRanges.some(range => range === text);
}

/** The history of produced and consumed records, and of the lag. */
export function HistoryPanel(props: {
  group: GroupRef;
  topics: readonly string[];
}) {
  const { group, topics } = props;
  const [rangeText, setRangeText] = useQueryValue('range');
  const [topicText, setTopic] = useQueryValue('topic');
  const range = isRange(rangeText) ? rangeText : '1h';
  const topic = topics.find(one => one === topicText);
  const { cluster, groupId } = group;
  const { answer, error } = useSlowLag(queries =>
    queries.history({ cluster, groupId, range, topic }),
  );
  const [zoom, setZoom] = useState<TimeRange | null>(null);
  return (
    <Panel aria-label="History" aria-busy={answer === undefined}>
      <Head>
        <PanelTitle>{zoom ? 'Zoomed in' : `The ${words[range]}`}</PanelTitle>
        {zoom && (
          <Button size="small" onClick={() => setZoom(null)}>
            Show all
          </Button>
        )}
        <TopicChoice topics={topics} chosen={topic} onChoose={setTopic} />
        <Choices
          label="Range"
          value={range}
          options={choices}
          onChoose={next => {
            setZoom(null);
            setRangeText(next === '1h' ? null : next);
          }}
        />
      </Head>
      {error && (
        <Notice
          isInside
          title={
            answer
              ? 'The history is out of date.'
              : 'The history cannot be loaded.'
          }
        >
          {reasonOf(error)}
        </Notice>
      )}
      {!answer && !error && (
        <Skeleton
          variant="rounded"
          height={420}
          aria-label="Loading the history"
        />
      )}
      {answer && answer.points.length === 0 && (
        <Quiet>
          There is no data for the {words[range]} yet. The next polls add the
          first points.
        </Quiet>
      )}
      {answer && answer.points.length > 0 && (
        <Drawn history={answer} zoom={zoom} onZoom={setZoom} />
      )}
    </Panel>
  );
}

function Drawn(props: {
  history: HistoryResponse;
  zoom: TimeRange | null;
  onZoom(zoom: TimeRange | null): void;
}) {
  const { history, zoom, onZoom } = props;
  const { timeZone } = useSiteClock();
  const syncKey = useId();
  const [unitText, setUnitText] = useQueryValue('unit');
  const unit: LagUnit = unitText === 'time' ? 'time' : 'records';
  const gaps = useMemo(() => gapsOf(history), [history]);
  const markers = useMemo(() => markersOf(history), [history]);
  const rates = useMemo(() => rateLines(history), [history]);
  const lag = useMemo(() => lagLines(history, unit), [history, unit]);
  const common = {
    gaps,
    markers,
    syncKey,
    timeZone,
    onZoom,
    zeroBased: true,
    gapWords: 'not read',
    range: zoom ?? {
      fromMs: Date.parse(history.from),
      toMs: Date.parse(history.to),
    },
  };
  return (
    <Charts>
      <TimeSeriesChart
        {...common}
        title="Records per second"
        chart={rates}
        unit="/s"
        decimals={2}
        words={rateWords}
        height={180}
      />
      <TimeSeriesChart
        {...common}
        title={unit === 'time' ? 'Behind' : 'Lag'}
        chart={lag}
        unit={unit === 'time' ? '' : 'records'}
        decimals={0}
        words={unit === 'time' ? durationWords : undefined}
        height={200}
        actions={
          <Choices
            label="Show lag in"
            value={unit}
            options={units}
            onChoose={next => setUnitText(next === 'records' ? null : next)}
          />
        }
      />
      <EventList events={history.events} />
    </Charts>
  );
}
