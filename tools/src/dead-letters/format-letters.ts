import {
  decodeValue,
  type Ledger,
  type Letter,
  type LetterSummary,
  type PurgePlan,
  type RedriveOutcome,
} from '@homelab/dead-letters';
import { formatTable } from '../table.ts';
import { escapeControls } from './escape-controls.ts';
import { formatAge } from './parse-time.ts';

/** What `dlq list` prints. */
export function formatSummaries(
  summaries: readonly LetterSummary[],
  nowMs: number,
): string {
  const filled = summaries.filter(({ letters }) => letters > 0);
  if (filled.length === 0) {
    return 'There are no dead letters: everything received could be read and stored.';
  }
  const titles = [
    'TOPIC',
    'LETTERS',
    'WAITING',
    'REDRIVEN',
    'OLDEST',
    'NEWEST',
    'CODES',
  ];
  const age = (timeMs: number | undefined) =>
    timeMs === undefined ? '-' : formatAge(nowMs - timeMs);
  const rows = filled.map(summary => [
    summary.topic,
    String(summary.letters),
    String(summary.waiting),
    String(summary.redriven),
    age(summary.oldestFailedAtMs),
    age(summary.newestFailedAtMs),
    codesOf(summary),
  ]);
  return formatTable(titles, rows);
}

function codesOf({ codes }: LetterSummary): string {
  return codes
    .map(({ code, waiting, redriven }) => `${code} ${waiting + redriven}`)
    .join(', ');
}

/** One letter of `dlq show`. */
export function formatLetter(
  letter: Letter,
  options: { ledger: Ledger; nowMs: number; maxValueBytes: number },
): string {
  const { record, code, stage, failedAtMs, redriveCount } = letter;
  const entry = options.ledger.entryOf(record);
  const failedAt = new Date(failedAtMs).toISOString();
  const state = entry
    ? `redriven ${entry.redrivenAt} to ${entry.target}`
    : 'waiting';
  const before =
    redriveCount > 0 ? `, redriven ${redriveCount} times before` : '';
  const fields: [string, string][] = [
    ['key', record.key === null ? '(none)' : textOf(record.key)],
    ...Object.entries(record.headers).map(([name, value]): [string, string] => [
      name,
      textOf(value),
    ]),
  ];
  const names = fields.map(([name]) => escapeControls(name));
  const width = Math.max(...names.map(name => name.length));
  const lines = fields.map(
    ([, text], index) =>
      `  ${(names[index] ?? '').padEnd(width)}  ${escapeControls(text)}`,
  );
  return [
    escapeControls(
      `${record.partition}:${record.offset}  ${code} at the ${stage}, ${failedAt} (${formatAge(options.nowMs - failedAtMs)} ago), ${state}${before}`,
    ),
    ...lines,
    formatValue(record.value, options.maxValueBytes),
  ].join('\n');
}

function formatValue(value: Buffer | null, maxBytes: number): string {
  const { kind, text, hiddenBytes } = decodeValue(value, maxBytes);
  if (value === null) return '  (no value)';
  const shown = escapeControls(text, { keepLines: true })
    .split('\n')
    .map(line => `    ${line}`);
  const rest =
    hiddenBytes > 0
      ? [`    … and ${hiddenBytes} bytes more; --full shows them`]
      : [];
  const nothing = value.length === 0 ? [] : [...shown, ...rest];
  return [`  value, ${value.length} bytes, ${kind}`, ...nothing].join('\n');
}

/** One letter of `dlq show --json`. */
export function letterAsJson(letter: Letter, ledger: Ledger): object {
  const { record, code, stage, message, failedAtMs, redriveCount } = letter;
  return {
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    timestamp: new Date(record.timestampMs).toISOString(),
    key: record.key === null ? null : textOf(record.key),
    code,
    stage,
    message,
    failedAt: new Date(failedAtMs).toISOString(),
    redriveCount,
    redriven: ledger.entryOf(record) ?? null,
    headers: Object.fromEntries(
      Object.entries(record.headers).map(([name, value]) => [
        name,
        textOf(value),
      ]),
    ),
    valueBase64: record.value === null ? null : record.value.toString('base64'),
  };
}

/** JSON that is safe on a terminal too. */
export function formatJson(value: unknown): string {
  return escapeControls(JSON.stringify(value, null, 2), { keepLines: true });
}

/** Bytes that are not UTF-8 are shown as such. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : `0x${bytes.toString('hex')}`;
}

/** Sentences on what a redrive did or would do. */
export function formatRedrive(
  outcome: RedriveOutcome,
  options: { topic: string; dryRun: boolean; again: boolean },
): string {
  const { sent, redrivenBefore, originUnknown, end } = outcome;
  const total = [...sent.values()].reduce((sum, count) => sum + count, 0);
  const verb = options.dryRun ? 'Would send' : 'Sent';
  const lines = [
    `${verb} ${countLetters(total)} of ${options.topic}${total > 0 ? ':' : '.'}`,
    ...[...sent].map(([target, count]) => `  ${count} to ${target}`),
  ];
  if (redrivenBefore > 0) {
    lines.push(
      `Left out ${countLetters(redrivenBefore)} redriven before; --again sends them too.`,
    );
  }
  if (originUnknown > 0) {
    lines.push(
      `Left out ${countLetters(originUnknown)} without an origin that a redrive may write to; "./homelab dlq show" shows their headers.`,
    );
  }
  if (options.dryRun) lines.push('Nothing was sent.');
  if (end === 'interrupted') lines.push(goOn(outcome, options.again));
  return lines.join('\n');
}

/** How to continue after an interruption without sending anything twice. */
export function goOn({ begunAtMs }: RedriveOutcome, again: boolean): string {
  const how = again
    ? `with --again-before ${new Date(begunAtMs).toISOString()} instead of --again`
    : 'again';
  return `Run the same command ${how} to continue: letters that were sent are recorded and not sent twice.`;
}

/** Sentences on what a purge would delete. */
export function formatPurge({ topic, lost, stuck }: PurgePlan): string {
  const lines = [
    `This deletes ${countLetters(lost.letters)} of ${topic}, for ever: ${lost.waiting} waiting, ${lost.redriven} redriven.`,
    ...lost.codes.map(
      ({ code, waiting, redriven }) => `  ${waiting + redriven} ${code}`,
    ),
  ];
  if (
    lost.oldestFailedAtMs !== undefined &&
    lost.newestFailedAtMs !== undefined
  ) {
    const [from, to] = [lost.oldestFailedAtMs, lost.newestFailedAtMs].map(
      timeMs => new Date(timeMs).toISOString(),
    );
    lines.push(`They failed from ${from} to ${to}.`);
  }
  if (stuck > 0) {
    lines.push(
      `${countLetters(stuck)} from before that time stay, because they come after a newer one.`,
    );
  }
  return lines.join('\n');
}

/** `1 letter`, `2 letters`. */
export function countLetters(count: number): string {
  return `${count} letter${count === 1 ? '' : 's'}`;
}
