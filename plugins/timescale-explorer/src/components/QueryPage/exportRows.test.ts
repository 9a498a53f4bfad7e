import { toCsv, toJson } from './exportRows';

const result = {
  columns: [
    { name: 'a', type: 'text' },
    { name: 'n', type: 'bigint' },
    { name: 'ok', type: 'boolean' },
    { name: 'j', type: 'jsonb' },
  ],
  rows: [
    ['=1+1', '9223372036854775807', 't', '{"x": 1}'],
    ['-5', '-5', 'f', null],
    ['say "hi", you', null, null, null],
    ['', '1', null, null],
  ],
};

it('writes CSV that no spreadsheet runs, with every digit', () => {
  expect(toCsv(result).split('\r\n')).toEqual([
    'a,n,ok,j',
    `'=1+1,9223372036854775807,t,"{""x"": 1}"`,
    '-5,-5,f,',
    '"say ""hi"", you",,,',
    '"",1,,',
  ]);
});

it('writes JSON that loses no digit', () => {
  expect(JSON.parse(toJson(result))).toEqual([
    { a: '=1+1', n: '9223372036854775807', ok: true, j: { x: 1 } },
    { a: '-5', n: '-5', ok: false, j: null },
    { a: 'say "hi", you', n: null, ok: null, j: null },
    { a: '', n: '1', ok: null, j: null },
  ]);
});
