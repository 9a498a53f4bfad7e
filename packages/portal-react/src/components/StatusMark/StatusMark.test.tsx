import { render, screen } from '@testing-library/react';
import { StatusMark } from './StatusMark';

it('shows a state as icon and text, in grey when it is old', () => {
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
