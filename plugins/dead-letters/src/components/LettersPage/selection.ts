import type {
  LetterFilter,
  LetterPlace,
  RedriveSelection,
} from '@homelab/plugin-dead-letters-common';
import { messages } from '../Redrives';
import type { ChosenFilter } from './useLetterFilter';

/** The letters selected by hand, or else all that match the filter. */
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

/** Which letters a redrive would send, for the text of its button. */
export function redriveWords(
  places: ReadonlySet<string>,
  { codes, stage, key, since }: ChosenFilter,
): string {
  if (places.size > 0) return messages(places.size);
  const isNarrow =
    codes.length > 0 || stage !== '' || key !== '' || since !== '';
  return isNarrow ? 'all matching messages' : 'all waiting messages';
}
