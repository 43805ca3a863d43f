import type { PlantedMetric } from '../truth.ts';
import type { WeekTruth } from '../week-truth.ts';

// The headline figures of every earlier week of the demo. Use of identities and permissions moves with the dates that `asOf` gives, so
// `test/simulator/weeks.test.ts` counts it a second time, over the plain facts of the organisation and without a line of the product; the
// numbers are those it gave, and both it and the nights must give them. Logging is added up by hand below.

/** Numerator, denominator, untrackable, unread. */
type Numbers = readonly [number, number, number, number];

interface Week {
  readonly identities: Numbers;
  readonly permissions: Numbers;
  readonly keyUsers: Numbers;
  readonly keys: number;
}

// biome-ignore format: a table
const weeks: Readonly<Record<number, Week>> = {
  // Counted over 60 days.
  12: { identities: [211, 374, 0, 0],  permissions: [203, 232, 104, 0],  keyUsers: [25, 122, 0, 0], keys: 27 },
  11: { identities: [201, 375, 0, 0],  permissions: [194, 227, 110, 0],  keyUsers: [25, 123, 0, 0], keys: 27 },
  10: { identities: [191, 375, 0, 0],  permissions: [185, 221, 116, 0],  keyUsers: [25, 123, 0, 0], keys: 27 },
  // Over 90 days from here on; the user of a key of web-shop is gone.
  9:  { identities: [170, 372, 0, 0],  permissions: [166, 208, 126, 0],  keyUsers: [24, 123, 0, 0], keys: 26 },
  8:  { identities: [173, 372, 0, 0],  permissions: [168, 210, 124, 0],  keyUsers: [24, 122, 0, 0], keys: 26 },
  // Five unused roles were deleted.
  7:  { identities: [169, 368, 0, 0],  permissions: [164, 206, 124, 0],  keyUsers: [24, 123, 0, 0], keys: 26 },
  6:  { identities: [169, 367, 0, 0],  permissions: [164, 206, 123, 0],  keyUsers: [24, 124, 0, 0], keys: 26 },
  // Nobody could enter payments-core: what it had a week before is unread. The user of a key of payments-ledger is gone.
  5:  { identities: [169, 350, 0, 16], permissions: [163, 202, 112, 14], keyUsers: [21, 120, 0, 4], keys: 23 },
  4:  { identities: [177, 367, 0, 0],  permissions: [170, 212, 117, 0],  keyUsers: [22, 125, 0, 0], keys: 24 },
  3:  { identities: [179, 366, 0, 0],  permissions: [171, 213, 115, 0],  keyUsers: [21, 125, 0, 0], keys: 23 },
  2:  { identities: [182, 365, 0, 0],  permissions: [173, 215, 112, 0],  keyUsers: [21, 126, 0, 0], keys: 23 },
  // Four unused roles were deleted, two keys ran out.
  1:  { identities: [182, 361, 0, 0],  permissions: [173, 213, 110, 0],  keyUsers: [19, 127, 0, 0], keys: 21 },
};

const figure = (id: string, [numerator, denominator, untrackable, unread]: Numbers): PlantedMetric => ({
  id,
  scope: 'organization',
  numerator,
  denominator,
  untrackable,
  unread,
  accountsNotMeasured: [],
});

/** Without data-lake 21 accounts: 376 − 17 cells; 13 core classes beside Workspace, which the organisation's trail has everywhere. */
const cells = 376 - 17;
/** Cells of one account in its 17 Regions: in the week in which nobody could enter payments-core they are unread. */
const own = 17;

/** Of 14 core classes: without the two of data-lake 645 − 34; payments-core had none of 13 until week 4, ai-research none of 3 until week 8. */
function logged(week: number): Numbers {
  const covered = cells + 645 - 2 * own - (week >= 4 ? 13 * own : 0) - (week >= 8 ? 3 * 18 : 0);
  return week === 5 ? [covered - own, 14 * (cells - own), 0, 14 * own] : [covered, 14 * cells, 0, 0];
}

/** Data-lake adds none to the 105 of tonight. */
const management = (week: number): Numbers => (week === 5 ? [105 - own, cells - own, 0, own] : [105, cells, 0, 0]);

/** What the night of an earlier week must give. */
export function weekTruth(week: number): WeekTruth {
  const planted = weeks[week];
  if (planted === undefined) throw new RangeError(`the demo has no figures for ${week} weeks ago`);
  const failed = week === 5 ? 1 : 0;
  return {
    // 22 accounts, one of them suspended.
    accounts: { discovered: 22, measured: 21 - failed, partial: 0, failed, suspended: 1, skipped: 0 },
    aiKeysLive: planted.keys,
    metrics: [
      figure('identity.unused-rate', planted.identities),
      figure('permission.unused-sensitive-identity-rate', planted.permissions),
      figure('credential.ai-key-user-rate', planted.keyUsers),
      figure('logging.management-coverage', management(week)),
      figure('logging.ai-data-event-coverage', logged(week)),
      figure('completeness.accounts', [21 - failed, 21, 0, 0]),
    ],
  };
}
