import type {
  LetterFilter,
  LetterPlace,
  RedriveSelection,
} from '@homelab/plugin-dead-letters-common';
import { letters } from '../Redrives';
import type { ChosenFilter } from './useLetterFilter';

/** The letters chosen by hand, else all that the filter lets through. */
export function selectionOf(
  places: ReadonlySet<string>,
  filter: LetterFilter,
): RedriveSelection {
  if (places.size === 0) return { kind: 'filter', filter };
  return { kind: 'letters', at: [...places].map(parsePlace) };
}

function parsePlace(place: string): LetterPlace {
  const [partition = '0', offset = '0'] = place.split(':');
  return { partition: Number(partition), offset };
}

/** What a redrive would mean, for its button. */
export function redriveWords(
  places: ReadonlySet<string>,
  { codes, stage, key, since }: ChosenFilter,
): string {
  if (places.size > 0) return letters(places.size);
  const isNarrow =
    codes.length > 0 || stage !== '' || key !== '' || since !== '';
  return isNarrow ? 'all that match' : 'all that wait';
}
