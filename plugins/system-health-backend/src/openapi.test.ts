import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { createOpenApi } from './openapi';

const file = resolve(__dirname, '../openapi.yaml');

// WRITE_OPENAPI=1 renews the file that the catalog shows.
it('the committed OpenAPI document is that of the code', () => {
  const document = JSON.parse(JSON.stringify(createOpenApi()));
  if (process.env.WRITE_OPENAPI) {
    // As the formatter of the repository would leave it.
    const style = { lineWidth: 0, singleQuote: true };
    writeFileSync(file, stringify(document, style));
  }
  expect(parse(readFileSync(file, 'utf8'))).toEqual(document);
});
