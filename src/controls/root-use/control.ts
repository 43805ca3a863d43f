import { defineControl } from '../define.ts';
import { theRootUser } from '../populations.ts';
import { rootUses } from '../readings.ts';
import { fail, notMeasured, pass, unusedFor, worst } from '../verdict.ts';

export const rootUse = defineControl({
  id: 'root-use',
  version: 1,
  severity: 'high',
  title: 'Nobody works as the root user',
  method: 'The credential report dates the last use of the password and the access keys of the root user.',
  frameworks: {
    'cis-aws-7.0.0': ['2.7'],
    'cis-aws-5.0.0': ['1.6'],
    'cis-aws-3.0.0': ['1.7'],
    'nist-800-53-r5': ['AC-6(2)'],
    'iso-27001-2022': ['A.8.2'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:GetCredentialReport'],
  thresholds: { quietDays: 90 },
  over: theRootUser,

  needs: (_, { facts }) => ({ uses: rootUses(facts) }),
  judge({ uses }, _, { clock, thresholds: { quietDays } }) {
    const each = uses.dates.map((date) => {
      const unused = unusedFor(date, 'the last use of the root user', { days: quietDays, clock, at: uses.at });
      if (typeof unused === 'object') return notMeasured(unused);
      return unused
        ? pass(`the root user was last used ${date}`, { lastUsed: date })
        : fail(`the root user was used ${date}, within ${quietDays} days`, { lastUsed: date });
    });
    return worst(each, pass('no use of the root user is on record'));
  },
  remedy: () => ({
    text: 'Ask who signed in as root and why; do the work with a role, or with a root session for one task',
  }),
});
