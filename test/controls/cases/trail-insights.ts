import type { Insight } from '../../../src/domain/account-settings.ts';
import { read, trail } from '../../support/facts.ts';
import { logging } from '../parts.ts';

const watching = (...insights: readonly Insight[]) => ({
  [trail('t', {}).arn]: { insights: read(insights), aggregations: read([]) },
});

import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  {
    name: 'enabled',
    facts: { ...logging(trail('t', {})), trailSettings: watching({ type: 'ApiCallRateInsight', categories: [] }) },
    expected: ['pass'],
  },
  { name: 'not enabled', facts: { ...logging(trail('t', {})), trailSettings: watching() }, expected: ['fail'] },
  { name: 'nobody asked', facts: logging(trail('t', {})), expected: ['not-measured'] },
  { name: "the organisation's", facts: logging(trail('t', {}, { organization: true })), expected: ['not-applicable'] },
];
