import { expect, test } from 'vitest';
import {
  checkDisk,
  checkExecutable,
  checkJava,
  checkMemory,
  checkNpm,
  checkSystem,
} from './doctor-checks.ts';
import { parseJavaVersion } from './java.ts';

const gibibyte = 2 ** 30;
const debian = { id: 'debian', title: 'Debian 12', version: '12' };

test('accepts Debian 12, warns of older, refuses other systems and processors', () => {
  expect(checkSystem(debian, 'x64').state).toBe('ok');
  expect(checkSystem({ ...debian, version: '11' }, 'x64').state).toBe(
    'warning',
  );
  expect(checkSystem({ ...debian, version: '' }, 'arm64').state).toBe('ok');
  expect(checkSystem({ ...debian, id: 'ubuntu' }, 'x64').state).toBe('missing');
  expect(checkSystem(debian, 'riscv64').state).toBe('missing');
});

test('distinguishes what is downloaded from what a person must install', () => {
  expect(checkJava(undefined).state).toBe('fetched');
  expect(checkJava({ path: '/usr/bin/java', version: 11 })).toMatchObject({
    state: 'fetched',
    found: 'only Java 11',
  });
  expect(checkJava({ path: '/usr/bin/java', version: 17 }).state).toBe('ok');
  expect(checkNpm(undefined)).toMatchObject({
    state: 'missing',
    fix: 'apt-get install npm',
  });
});

test('judges disk and memory by what the stack needs', () => {
  expect(checkDisk('Disk', '/x', 6 * gibibyte).state).toBe('ok');
  expect(checkDisk('Disk', '/x', 6 * gibibyte - 1).state).toBe('warning');
  expect(checkDisk('Disk', '/x', gibibyte - 1).state).toBe('missing');
  expect(checkMemory(3 * gibibyte).state).toBe('ok');
  expect(checkMemory(3 * gibibyte - 1).state).toBe('warning');
});

test('reads the version that Java reports', () => {
  expect(parseJavaVersion('openjdk version "17.0.15" 2025-04-15')).toBe(17);
  expect(parseJavaVersion('java version "1.8.0_402"')).toBe(8);
  expect(parseJavaVersion('openjdk version "25" 2025-09-16')).toBe(25);
  expect(parseJavaVersion('Error: no JVM')).toBeUndefined();
});

const mounts = `22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:27 / /srv rw,noexec - tmpfs tmpfs rw
31 30 0:28 / /srv/my\\040house rw - tmpfs tmpfs rw
`;

test.each([
  ['/opt/homelab', 'ok'],
  ['/srv', 'warning'],
  ['/srv/house', 'warning'],
  ['/srv/my house/main', 'ok'],
  ['/srvhouse', 'ok'],
])('in %s it finds execution %s', (folder, state) => {
  const otherwise = { state: 'warning', fix: 'move' } as const;
  const finding = checkExecutable('Libraries', mounts, folder, otherwise);
  expect(finding.state).toBe(state);
});
