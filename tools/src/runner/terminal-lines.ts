import { styleText } from 'node:util';
import type { OutputLine } from './supervisor.ts';

const colours = [
  'cyan',
  'yellow',
  'green',
  'magenta',
  'blue',
  'cyanBright',
  'yellowBright',
  'greenBright',
  'magentaBright',
  'blueBright',
] as const;

/** Fields of a JSON log line that the prefix already shows or that are of no use in a terminal. */
const hiddenFields = new Set([
  'level',
  'time',
  'timestamp',
  'component',
  'service',
  'pid',
  'hostname',
  'event',
  'msg',
  'message',
]);

/** Turns output into lines for a terminal: the name of the process in its own colour, then its output. */
export function createTerminalFormat(options: {
  names: readonly string[];
  colour: boolean;
}): (line: OutputLine) => string {
  const width = Math.max(0, ...options.names.map(name => name.length));
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    options.colour ? styleText(style, text, { validateStream: false }) : text;
  return ({ process, text, event }) => {
    const index = Math.max(0, options.names.indexOf(process));
    const colour = colours[index % colours.length] ?? 'cyan';
    const prefix = paint(colour, `${process.padEnd(width)} |`);
    return `${prefix} ${event ? paint('bold', text) : readableLine(text)}`;
  };
}

/** True for a line of the portal's access log, which would flood the terminal. It is kept in the log file. */
export function isAccessLog(line: string): boolean {
  return parseObject(line)?.type === 'incomingRequest';
}

/**
 * A JSON log line as `level message field=value …`, with the event where there is no message; any other line as it is, without control characters
 * that could move the cursor or change the title of the terminal.
 */
export function readableLine(line: string): string {
  const fields = parseObject(line);
  if (!fields || typeof fields.level !== 'string') return stripControls(line);
  const what = [fields.message, fields.msg, fields.event].find(
    part => typeof part === 'string',
  );
  const rest = Object.entries(fields)
    .filter(([name]) => !hiddenFields.has(name))
    .map(([name, value]) => `${name}=${readableValue(value)}`);
  return stripControls([fields.level, what ?? '', ...rest].join(' '));
}

function readableValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parseObject(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null
      ? { ...value }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Removes all control characters but the tab and the start of a colour: colours end with the line. */
function stripControls(text: string): string {
  return text.replace(
    /(\p{Cc})(\[[\d;]*m)?/gu,
    (whole, control: string, colour: string | undefined) => {
      const isColour = control === '\u001b' && colour !== undefined;
      return isColour || control === '\t' ? whole : (colour ?? '');
    },
  );
}
