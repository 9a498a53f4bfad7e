import type { LetterFormat } from '@homelab/dead-letters';
import type { DeadLettersConfig } from '../../config';
import type { Mask } from './masking';

/**
 * The format of one topic's letters. Masked headers are not used for code, stage and message,
 * because those are shown to everyone.
 */
export function letterFormatFor(
  topic: string,
  { format, topics }: Pick<DeadLettersConfig, 'format' | 'topics'>,
  mask: Mask,
): LetterFormat {
  const { headers } = format;
  const seen = (names: readonly string[]) =>
    names.filter(name => !mask.isHeaderMasked(name));
  const origin = topics.originOf(topic);
  return {
    ...format,
    headers: {
      ...headers,
      code: seen(headers.code),
      stage: seen(headers.stage),
      message: seen(headers.message),
    },
    ...(origin !== undefined && { originOf: { [topic]: origin } }),
  };
}
