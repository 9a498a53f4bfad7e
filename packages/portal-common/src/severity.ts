/** How much a finding matters, worst first: action needed, worth watching, unknown, fine. */
export const severities = ['act', 'watch', 'unknown', 'ok'] as const;

/** One of {@link severities}. */
export type Severity = (typeof severities)[number];

/** The answer to a page's first question in one sentence, and how much it matters. */
export interface OverallSentence {
  readonly severity: Severity;
  readonly text: string;
}
