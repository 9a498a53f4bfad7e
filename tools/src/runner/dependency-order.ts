import type { ProcessSpec } from './process-spec.ts';

/**
 * Checks that the processes can be started at all.
 * @throws Error on a duplicate or unknown name, a cycle, a dependency on the completion of a server, or
 *   on a process that is not essential: all of them mistakes in the list itself
 */
export function checkDependencies(specs: readonly ProcessSpec[]): void {
  const byName = new Map(specs.map(spec => [spec.name, spec]));
  if (byName.size !== specs.length)
    throw new Error('Two processes have the same name.');
  for (const spec of specs) {
    for (const [name, state] of Object.entries(spec.dependsOn ?? {})) {
      const other = byName.get(name);
      if (!other)
        throw new Error(`${spec.name} depends on the unknown process ${name}.`);
      if (spec.essential && !other.essential) {
        throw new Error(
          `${spec.name} is essential, but depends on ${name}, which is not.`,
        );
      }
      if (state === 'completed' && other.ready.kind !== 'exit') {
        throw new Error(
          `${spec.name} waits until ${name} is completed, but ${name} is not a one-shot.`,
        );
      }
    }
  }
  for (const spec of specs) checkAcyclic(spec, byName, []);
}

function checkAcyclic(
  spec: ProcessSpec,
  byName: ReadonlyMap<string, ProcessSpec>,
  path: readonly string[],
): void {
  if (path.includes(spec.name)) {
    throw new Error(
      `Processes wait for each other: ${[...path, spec.name].join(' -> ')}.`,
    );
  }
  for (const name of Object.keys(spec.dependsOn ?? {})) {
    const other = byName.get(name);
    if (other) checkAcyclic(other, byName, [...path, spec.name]);
  }
}

/** The names of the processes that need `name` directly: they must stop before it. */
export function dependentsOf(
  name: string,
  specs: readonly ProcessSpec[],
): string[] {
  return specs
    .filter(spec => Object.hasOwn(spec.dependsOn ?? {}, name))
    .map(spec => spec.name);
}
