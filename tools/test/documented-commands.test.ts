import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { createProgram } from '../src/program.ts';

const root = resolve(import.meta.dirname, '../..');

/** Every `./homelab …` in the project's Markdown, up to a comment or the end of the code. */
function documentedCommands(): { where: string; words: string[] }[] {
  const files = execFileSync('git', ['ls-files', '*.md'], { cwd: root })
    .toString()
    .trim()
    .split('\n');
  return files.flatMap(file => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/\.\/homelab ([a-z][^`\n#|]*)/g)].map(match => ({
      where: `${file}: ./homelab ${match[1]?.trim()}`,
      words: (match[1] ?? '').trim().split(/\s+/),
    }));
  });
}

const isFlag = (word: string) => /^--?[a-z]/.test(word) && word !== '--help';
const commands = createProgram().commands;
/** By the shell script, or by a workspace that has a test of its own. */
const handledElsewhere = ['help', 'yarn', 'bench'];
const documented = documentedCommands();

/** What commander would print; the shell script prints the file, which needs no packages. */
function helpText(): string {
  let text = '';
  const program = createProgram().configureOutput({
    writeOut: part => (text += part),
    getOutHelpWidth: () => 80,
  });
  program.outputHelp();
  return text;
}

test('the help shown before anything is installed is up to date', async () => {
  await expect(helpText()).toMatchFileSnapshot('../help.txt');
});

test('the help fits a screen', () => {
  const lines = helpText().trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(24);
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80);
});

test('the documents name commands', () => {
  expect(documented.length).toBeGreaterThan(10);
});

test.each(documented)('$where exists', ({ words: [name = '', ...words] }) => {
  if (handledElsewhere.includes(name)) return;
  const group = commands.find(candidate => candidate.name() === name);
  expect(group, `there is no command "${name}"`).toBeDefined();
  const part = group?.commands.find(candidate => candidate.name() === words[0]);
  const command = part ?? group;
  const own = words.includes('--')
    ? words.slice(0, words.indexOf('--'))
    : words;
  for (const flag of own.filter(isFlag)) {
    const known = command?.options.some(
      option => option.short === flag || option.long === flag,
    );
    expect(known, `"${name}" has no flag ${flag}`).toBe(true);
  }
});
