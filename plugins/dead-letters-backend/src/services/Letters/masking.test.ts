import { createMask } from './masking';

const mask = (fields: string[], value: unknown) =>
  createMask({ fields, headers: [], keys: false, unparsed: false })
    .record()
    .json(value).json;

it.each([
  [['email'], { email: 'a', other: 'b' }, { email: '•••', other: 'b' }],
  [['email'], { deep: [{ Email: 'a' }] }, { deep: [{ Email: '•••' }] }],
  [
    ['customer.email'],
    { email: 'a', customer: { email: 'b' }, x: { customer: { email: 'c' } } },
    {
      email: 'a',
      customer: { email: '•••' },
      x: { customer: { email: '•••' } },
    },
  ],
  [
    ['$.customer.email'],
    { customer: { email: 'b' }, x: { customer: { email: 'c' } } },
    { customer: { email: '•••' }, x: { customer: { email: 'c' } } },
  ],
  [
    ['$.items[*].price'],
    { items: [{ price: 1 }] },
    { items: [{ price: '•••' }] },
  ],
  [
    ['*Number'],
    { cardNumber: 1, number: 2 },
    { cardNumber: '•••', number: '•••' },
  ],
  [['customer'], { customer: { name: 'a' } }, { customer: '•••' }],
  [['email'], [{ email: 'a' }], [{ email: '•••' }]],
  [['a'], { text: '{"a":1,"b":2}' }, { text: '{"a":"•••","b":2}' }],
  [['a'], { text: 'no json {' }, { text: 'no json {' }],
  [[], { a: 1 }, { a: 1 }],
])('with %j masked, %j becomes %j', (fields, value, expected) => {
  expect(mask(fields, value)).toEqual(expected);
});

it('scrubs what it has masked, longest first, also escaped as in JSON', () => {
  const own = createMask({
    fields: ['secret'],
    headers: [],
    keys: false,
    unparsed: false,
  }).record();
  own.json({ secret: ['abc', 'abcdef', 'say "hi"', 1234, 'ab', true, null] });
  expect(own.scrub('abcdef abc 1234 ab true {"x":"say \\"hi\\""}')).toBe(
    '••• ••• ••• ab true {"x":"•••"}',
  );
  expect(own.isIn(Buffer.from([0, ...Buffer.from('xabcx')]))).toBe(true);
  expect(own.isIn(Buffer.from('nothing'))).toBe(false);
});

it('masks headers by pattern, ignoring case', () => {
  const { isHeaderMasked } = createMask({
    fields: [],
    headers: ['Authorization', 'x-secret-*'],
    keys: false,
    unparsed: false,
  });
  const names = ['authorization', 'AUTHORIZATION', 'X-Secret-Token', 'x-trace'];
  expect(names.map(isHeaderMasked)).toEqual([true, true, true, false]);
});
