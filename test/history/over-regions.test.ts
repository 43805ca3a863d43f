import fc from 'fast-check';
import { type InRegion, overRegions } from '../../src/history/over-regions.ts';

const regions = ['eu-west-1', 'us-east-1', 'us-west-2'] as const;
const item = fc
  .record({
    account: fc.constantFrom('1', '2'),
    control: fc.constantFrom('management-events', 'model-invocation-logging'),
    region: fc.constantFrom(null, ...regions),
    cause: fc.constantFrom('off', 'partly'),
    remedy: fc.constantFrom(null, { text: 'turn it on' }),
  })
  .map((it): InRegion => ({ ...it, resource: it.region ?? 'user/a', kind: 'new', severity: 'high' }));

test('no item is lost, and items stand together only where nothing but their Region differs', () => {
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const groups = overRegions(items, (it) => it);
      expect(new Set(groups.flatMap((it) => it.items))).toEqual(new Set(items));
      expect(groups.reduce((all, it) => all + it.items.length, 0)).toBe(items.length);
      for (const { first, regions: named, items: own } of groups) {
        expect(own[0]).toBe(first);
        expect(named).toHaveLength(first.region === null ? 0 : own.length);
        const blank = (it: InRegion) => ({ ...it, region: null, resource: '' });
        if (own.length > 1) for (const it of own) expect(blank(it)).toEqual(blank(first));
      }
    }),
  );
});

test('the same of three Regions is one, and each Region is named', () => {
  const one = (region: string): InRegion => ({
    ...{ account: '1', control: 'c', resource: region, region, kind: 'new', severity: 'high', cause: 'off' },
    remedy: { text: 'turn it on' },
  });
  expect(overRegions(regions.map(one), (it) => it).map((it) => it.regions)).toEqual([regions]);
});
