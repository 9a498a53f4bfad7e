import type { GroupDetail } from '@homelab/plugin-consumer-lag-common';
import {
  Choices,
  Panel,
  PanelTitle,
  staleLook,
  useQueryValue,
} from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { HeatLegend, HeatStrip } from '../HeatStrip';
import type { HeatMetric } from '../HeatStrip';
import { ChosenPartition } from './ChosenPartition';
import { partitionName } from '../partitionName';
import { PartitionTable } from './PartitionTable';

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(1, 2),
  marginBottom: theme.spacing(2),
  '& > h3': { flex: '1 1 120px' },
}));

const Strips = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(2),
  marginBottom: theme.spacing(3),
}));

const Topic = styled('div')(({ theme }) => ({
  marginBottom: theme.spacing(1),
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
  '& strong': { fontWeight: 600, color: theme.palette.text.primary },
}));

const metrics: readonly { value: HeatMetric; label: string }[] = [
  { value: 'lag', label: 'Lag' },
  { value: 'time', label: 'Behind' },
];

/** The lag of partitions: each topic as a strip, and all partitions in a table. */
export function PartitionsPanel(props: { group: GroupDetail; stale: boolean }) {
  const { group, stale } = props;
  const [metricText, setMetric] = useQueryValue('heat');
  const [chosenName, setChosen] = useQueryValue('partition');
  const metric: HeatMetric = metricText === 'time' ? 'time' : 'lag';
  const topics = [...new Set(group.partitions.map(({ topic }) => topic))];
  const chosen = group.partitions.find(
    partition => partitionName(partition) === chosenName,
  );
  return (
    <Panel aria-label="Partitions">
      <Head>
        <PanelTitle>Partitions</PanelTitle>
        <HeatLegend metric={metric} />
        <Choices
          label="Colour by"
          value={metric}
          options={metrics}
          onChoose={next => setMetric(next === 'lag' ? null : next)}
        />
      </Head>
      <Strips style={stale ? staleLook : undefined}>
        {topics.map(topic => {
          const partitions = group.partitions.filter(
            one => one.topic === topic,
          );
          return (
            <div key={topic}>
              <Topic>
                <strong>{topic}</strong>{' '}
                {partitions.length === 1
                  ? '1 partition'
                  : `${partitions.length} partitions`}
              </Topic>
              <HeatStrip
                topic={topic}
                partitions={partitions}
                metric={metric}
                selected={chosen?.topic === topic ? chosen.partition : null}
                onSelect={partition =>
                  setChosen(
                    partition === null
                      ? null
                      : partitionName({ topic, partition }),
                  )
                }
              />
            </div>
          );
        })}
      </Strips>
      {chosen && (
        <ChosenPartition
          key={partitionName(chosen)}
          group={group}
          partition={chosen}
          onClose={() => setChosen(null)}
        />
      )}
      <PartitionTable
        partitions={group.partitions}
        members={group.members}
        chosen={chosen ? partitionName(chosen) : null}
        onChoose={setChosen}
        stale={stale}
      />
    </Panel>
  );
}
