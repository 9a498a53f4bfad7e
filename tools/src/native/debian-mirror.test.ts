import { expect, test } from 'vitest';
import {
  chooseMirror,
  debianArchitecture,
  parseOsRelease,
} from './debian-mirror.ts';

test("chooses Debian's main archive, not another origin nor its extra suites", () => {
  const targets = [
    'http://one.test/vendor Vendor bookworm',
    'http://two.test/security Debian bookworm-security',
    'http://two.test/debian Debian bookworm-updates',
    'http://two.test/debian/ Debian bookworm',
  ].join('\n');
  expect(chooseMirror(targets)).toBe('http://two.test/debian/');
});

test('finds no mirror where APT has fetched no lists', () => {
  expect(chooseMirror('')).toBeUndefined();
  expect(
    chooseMirror('http://two.test/debian $(ORIGIN) $(CODENAME)\n'),
  ).toBeUndefined();
});

test('reads os-release with and without quotes', () => {
  const text = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n# x\n';
  expect(parseOsRelease(text)).toEqual({
    PRETTY_NAME: 'Debian GNU/Linux 12 (bookworm)',
    ID: 'debian',
  });
});

test('knows the two processors and refuses others', () => {
  expect(debianArchitecture('x64')?.name).toBe('amd64');
  expect(debianArchitecture('arm64')?.loader).toBe('ld-linux-aarch64.so.1');
  expect(debianArchitecture('riscv64')).toBeUndefined();
});
