import { render, screen } from '@testing-library/react';
import { LongList } from './LongList';

const rows = (count: number) => Array.from({ length: count }, (_, row) => row);

function show(count: number) {
  render(
    <LongList
      items={rows(count)}
      rowHeightPx={40}
      render={row => <p key={row}>row {row}</p>}
    />,
  );
  return screen.getAllByText(/^row/);
}

it('renders all of a short list', () => {
  expect(show(200)).toHaveLength(200);
});

it('renders only the visible part of a long list, and reserves space for the rest', () => {
  expect(show(10_000)).toHaveLength(50);
  const spaces = [...document.querySelectorAll('[role=presentation]')];
  expect(spaces).toHaveLength(200);
  expect(spaces[1]).toHaveStyle({ height: '2000px' });
});
