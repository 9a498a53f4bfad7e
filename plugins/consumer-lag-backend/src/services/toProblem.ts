import { isError } from '@backstage/errors';
import type { Problem } from '@homelab/plugin-consumer-lag-common';

/** The code and the sentence of a failure; `UNKNOWN` for one without a code. */
export function toProblem(error: unknown): Problem {
  if (!isError(error)) return { code: 'UNKNOWN', message: String(error) };
  const { code, message } = error;
  return {
    // A DOMException has a number.
    code: typeof code === 'string' ? code : 'UNKNOWN',
    message: message || 'It failed without a message.',
  };
}
