import fc from 'fast-check';
import { type FlowNight, flowOf, type Listing, type Member, movementOf, stands } from '../../src/history/flow.ts';

const night = (
  members: Readonly<Record<string, Member['stand']>>,
  listings: Readonly<Record<string, Listing>> = { a: 'whole', b: 'whole' },
  elsewhere: FlowNight['elsewhere'] = 'absent',
): FlowNight => ({
  listings: new Map(Object.entries(listings)),
  elsewhere,
  async *members() {
    for (const [id, stand] of Object.entries(members)) yield { id, account: id.charAt(0), stand };
  },
});

const movement = async (before: FlowNight, after: FlowNight) => movementOf(await flowOf(before, after, 10), 'higher');
const nothing = {
  came: { counted: 0, numerator: 0 },
  gone: { counted: 0, numerator: 0 },
  better: 0,
  worse: 0,
  notKnown: 0,
};

test.each<{ name: string; from: FlowNight; to: FlowNight; told: object }>([
  { name: 'nobody moved', from: night({ a1: 'in', a2: 'out' }), to: night({ a1: 'in', a2: 'out' }), told: {} },
  { name: 'used again', from: night({ a1: 'in' }), to: night({ a1: 'out' }), told: { better: 1 } },
  { name: 'holds nothing any more', from: night({ a1: 'in' }), to: night({ a1: 'apart' }), told: { better: 1 } },
  { name: 'fell idle', from: night({ a1: 'out' }), to: night({ a1: 'in' }), told: { worse: 1 } },
  { name: 'is old enough to be judged now', from: night({ a1: 'apart' }), to: night({ a1: 'in' }), told: { worse: 1 } },
  {
    name: 'new ones',
    from: night({}),
    to: night({ a1: 'in', a2: 'out', a3: 'apart' }),
    told: { came: { counted: 2, numerator: 1 } },
  },
  { name: 'deleted', from: night({ a1: 'in' }), to: night({}), told: { gone: { counted: 1, numerator: 1 } } },
  {
    name: 'the account left',
    from: night({ a1: 'in' }),
    to: night({}, { b: 'whole' }),
    told: { gone: { counted: 1, numerator: 1 } },
  },
  {
    name: 'the account was closed',
    from: night({ a1: 'out' }),
    to: night({}, { a: 'none' }),
    told: { gone: { counted: 1, numerator: 0 } },
  },
  { name: 'nobody could list it', from: night({ a1: 'in' }), to: night({}, { a: 'hidden' }), told: { notKnown: 1 } },
  {
    name: 'accounts could not be listed',
    from: night({ a1: 'in' }),
    to: night({}, { b: 'whole' }, 'hidden'),
    told: { notKnown: 1 },
  },
  {
    name: 'was not listed before',
    from: night({}, { a: 'hidden' }),
    to: night({ a1: 'in', a2: 'apart' }),
    told: { notKnown: 1 },
  },
  {
    name: 'not read on either night',
    from: night({ a1: 'unread' }),
    to: night({ a1: 'unread' }),
    told: { notKnown: 1 },
  },
  { name: 'not read any more', from: night({ a1: 'in' }), to: night({ a1: 'unread' }), told: { notKnown: 1 } },
  { name: 'used, where AWS keeps no record', from: night({ a1: 'in' }), to: night({ a1: 'untrackable' }), told: {} },
])('$name', async ({ from, to, told }) => {
  expect(await movement(from, to)).toEqual({ ...nothing, ...told });
});

test('better and worse change places for a figure that should rise', async () => {
  const flow = await flowOf(night({ a1: 'in', a2: 'in', a3: 'out' }), night({ a1: 'out', a2: 'out', a3: 'in' }), 3);
  expect([movementOf(flow, 'higher'), movementOf(flow, 'lower')]).toEqual([
    { ...nothing, better: 2, worse: 1 },
    { ...nothing, better: 1, worse: 2 },
  ]);
});

const members = fc.dictionary(
  fc.stringMatching(/^[ab]\d$/),
  fc.constantFrom<Member['stand']>('in', 'out', 'untrackable', 'unread', 'apart'),
);
const listings = fc.record({
  a: fc.constantFrom<Listing>('whole', 'hidden'),
  b: fc.constantFrom<Listing>('whole', 'none'),
});

test('the figure of each night is the sum over the flow, in one walk or in many', async () => {
  await fc.assert(
    fc.asyncProperty(members, members, listings, listings, async (a, b, x, y) => {
      const [before, after] = [night(a, x), night(b, y)];
      const flow = await flowOf(before, after, 4);
      const many = await flowOf(before, after, 1_000_000);
      expect(many).toEqual(flow);
      for (const stand of ['in', 'out', 'untrackable', 'unread', 'apart'] as const) {
        const count = (of: typeof a) => Object.values(of).filter((it) => it === stand).length;
        expect(stands.reduce((sum, to) => sum + flow[stand][to], 0)).toBe(count(a));
        expect(stands.reduce((sum, from) => sum + flow[from][stand], 0)).toBe(count(b));
      }
    }),
  );
});
