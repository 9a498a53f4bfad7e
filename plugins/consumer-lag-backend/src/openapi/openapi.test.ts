import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parse } from 'yaml';
import { buildOpenApi } from './buildOpenApi';

it('is what openapi.yaml says; `yarn openapi` renews it', () => {
  const path = resolvePackagePath(
    '@homelab/plugin-consumer-lag-backend',
    'openapi.yaml',
  );
  const written: unknown = parse(readFileSync(path, 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(buildOpenApi())));
});
