import { render, screen } from '@testing-library/react';
import { StatusMark } from './StatusMark';

it('says a state by icon and word, and takes its colour away when it is old', () => {
  const { container, rerender } = render(
    <StatusMark tone="act" word="Stopped" />,
  );
  expect(screen.getByText('Stopped')).toBeInTheDocument();
  const icon = () => container.querySelector('svg');
  const fresh = icon()?.style.color;
  rerender(<StatusMark tone="act" word="Stopped" stale />);
  expect(icon()).toHaveAttribute('data-testid', 'ScheduleOutlinedIcon');
  expect(icon()?.style.color).not.toBe(fresh);
  expect(icon()).toHaveAttribute('aria-hidden');
});
