import { useQueryValue } from '@homelab/portal-react';
import { useCallback } from 'react';

const hour = 60 * 60 * 1000;

/** The ranges a chart offers, by their name in the URL. */
export const ranges = {
  '6h': { label: '6 h', words: 'last 6 hours', lengthMs: 6 * hour },
  '24h': { label: '24 h', words: 'last 24 hours', lengthMs: 24 * hour },
  '3d': { label: '3 d', words: 'last 3 days', lengthMs: 72 * hour },
  '7d': { label: '7 d', words: 'last 7 days', lengthMs: 168 * hour },
} as const;

export type RangeName = keyof typeof ranges;

/** The names of {@link ranges}, shortest first. */
export const rangeNames: readonly RangeName[] = ['6h', '24h', '3d', '7d'];

const defaultRange: RangeName = '24h';

function isRangeName(text: string | null): text is RangeName {
  return rangeNames.some(name => name === text);
}

/** The selected range; kept in the URL, so that a link reproduces the view. */
export function useRange(): [RangeName, (name: RangeName) => void] {
  const [text, setText] = useQueryValue('range');
  const setRange = useCallback(
    (name: RangeName) => setText(name === defaultRange ? null : name),
    [setText],
  );
  return [isRangeName(text) ? text : defaultRange, setRange];
}
