import { readdirSync, readFileSync } from 'node:fs';

/** One running process as `/proc` shows it. */
export interface ProcEntry {
  pid: number;
  /** The kernel's short name of the program. */
  command: string;
  parent: number;
  processGroup: number;
  /** In clock ticks since boot; together with the boot id it detects a reused pid. */
  startTicks: number;
  zombie: boolean;
}

/**
 * Reads the line of `/proc/<pid>/stat`.
 * @returns undefined when it has another shape
 */
export function parseProcStat(text: string): ProcEntry | undefined {
  // The command is in parentheses and may itself contain spaces and parentheses.
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return undefined;
  const fields = text
    .slice(close + 2)
    .trim()
    .split(' ');
  const entry = {
    pid: Number(text.slice(0, open)),
    command: text.slice(open + 1, close),
    parent: Number(fields[1]),
    processGroup: Number(fields[2]),
    startTicks: Number(fields[19]),
    zombie: fields[0] === 'Z' || fields[0] === 'X',
  };
  const numbers = [
    entry.pid,
    entry.parent,
    entry.processGroup,
    entry.startTicks,
  ];
  return numbers.every(Number.isSafeInteger) ? entry : undefined;
}

/** The process with this pid, or undefined when there is none (a zombie is none). */
export function readProcess(pid: number): ProcEntry | undefined {
  const text = readProcFile(`/proc/${pid}/stat`);
  const entry = text === undefined ? undefined : parseProcStat(text);
  return entry?.zombie ? undefined : entry;
}

/** Every running process this user can see. */
export function listProcesses(): ProcEntry[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => readProcess(Number(name)))
    .filter(entry => entry !== undefined);
}

/** The entries of these pids and all their descendants. */
export function withDescendants(
  pids: ReadonlySet<number>,
  entries: readonly ProcEntry[],
): ProcEntry[] {
  const family = new Set(pids);
  for (let before = -1; family.size > before;) {
    before = family.size;
    for (const { pid, parent } of entries)
      if (family.has(parent)) family.add(pid);
  }
  return entries.filter(entry => family.has(entry.pid));
}

/** The environment the process was started with; empty when it is not readable. */
export function readEnvironment(pid: number): readonly string[] {
  return readProcFile(`/proc/${pid}/environ`)?.split('\0') ?? [];
}

/**
 * Memory of a process in KiB, 0 when it is gone. Pages shared by several processes are divided among them,
 * so that sums are correct; where the kernel does not report that, the resident size.
 */
export function readMemoryKib(pid: number): number {
  const shares = readProcFile(`/proc/${pid}/smaps_rollup`) ?? '';
  const proportional = /^Pss:\s+(\d+) kB$/m.exec(shares)?.[1];
  if (proportional !== undefined) return Number(proportional);
  const status = readProcFile(`/proc/${pid}/status`) ?? '';
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
}

/**
 * Processor time that a process has used so far, of all its threads together, in seconds.
 * @returns undefined when the process is gone
 */
export function readCpuSeconds(pid: number): number | undefined {
  const text = readProcFile(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Linux counts start times in hundredths of a second, whatever the kernel's own clock does. */
const ticksPerSecond = 100;

/**
 * How long ago this process began. A program that replaces a shell script (`exec`) is the same process,
 * so this counts from when the script was called.
 */
export function readSecondsSinceStart(): number {
  const [sinceBoot] = (readProcFile('/proc/uptime') ?? '').split(' ');
  const own = readProcess(process.pid);
  if (!sinceBoot || !own) return process.uptime();
  return Number(sinceBoot) - own.startTicks / ticksPerSecond;
}

/** Changes with every boot of the machine, so pids of an earlier boot are recognised as gone. */
export function readBootId(): string {
  return (
    readProcFile('/proc/sys/kernel/random/boot_id')?.trim() ?? 'unknown-boot'
  );
}

/** A process may end between listing and reading: that is not an error. */
function readProcFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
