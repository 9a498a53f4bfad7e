import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { createPartition, createPartitions } from '../../testing/groups';
import { renderLag } from '../../__testUtils__/renderLag';
import { heatLimits, heatStep } from './heatSteps';
import type { HeatMetric } from './heatSteps';
import { HeatStrip } from './HeatStrip';

function Strip(props: {
  count: number;
  metric?: HeatMetric;
  onSelect?(partition: number | null): void;
}) {
  const [selected, setSelected] = useState<number | null>(null);
  return (
    <HeatStrip
      topic="energy"
      metric={props.metric ?? 'lag'}
      partitions={createPartitions({ count: props.count, worst: 6_480 })}
      selected={selected}
      onSelect={partition => {
        setSelected(partition);
        props.onSelect?.(partition);
      }}
    />
  );
}

it.each([1, 12, 200])('shows each of %d partitions once', async count => {
  await renderLag(<Strip count={count} />);
  const cells = screen.getAllByRole('option');
  expect(cells).toHaveLength(count);
  const worst = cells.filter(cell =>
    cell.getAttribute('aria-label')?.includes('Falling behind'),
  );
  expect(worst.map(cell => cell.getAttribute('aria-label'))).toEqual([
    expect.stringMatching(
      /^Partition \d+: 6,480 records, 9 min behind, Falling behind$/,
    ),
  ]);
});

it('writes numbers into the cells while there is room', async () => {
  await renderLag(<Strip count={12} />);
  expect(screen.getByText('6.4k')).toBeInTheDocument();
});

it('leaves numbers to the labels of cells when there are too many', async () => {
  await renderLag(<Strip count={200} />);
  expect(screen.queryByText('6.4k')).not.toBeInTheDocument();
});

it('is one tab stop; arrows move, Enter and click choose', async () => {
  const chosen: (number | null)[] = [];
  await renderLag(
    <Strip count={12} onSelect={partition => chosen.push(partition)} />,
  );
  const cells = screen.getAllByRole('option');
  expect(cells.filter(cell => cell.tabIndex === 0)).toHaveLength(1);
  cells[0]?.focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{Enter}');
  expect(cells[2]).toHaveFocus();
  expect(cells[2]).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{End}{Enter}{Home}');
  expect(cells[0]).toHaveFocus();
  await userEvent.click(cells[11] as HTMLElement);
  expect(chosen).toEqual([2, 11, null]);
});

it('has a scale with fixed ends, and no step for unknown', () => {
  const step = (lag: string | null) =>
    heatStep(createPartition({ lag }), 'lag');
  expect(step('0')).toBe(0);
  expect(step('1')).toBe(1);
  expect(step('99')).toBe(1);
  expect(step('100')).toBe(2);
  expect(step('9223372036854775807')).toBe(heatLimits.lag.length);
  expect(step(null)).toBeNull();
});

it('says that a lag is unknown instead of showing none', async () => {
  await renderLag(
    <HeatStrip
      topic="energy"
      metric="lag"
      partitions={[
        createPartition({
          lag: null,
          status: 'NO_COMMIT',
          timeLag: { kind: 'unknown', ms: null },
        }),
      ]}
      selected={null}
      onSelect={() => {}}
    />,
  );
  expect(
    screen.getByRole('option', {
      name: 'Partition 0: lag unknown, No commits',
    }),
  ).toHaveAttribute('data-step', 'unknown');
});
