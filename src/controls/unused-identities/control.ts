import type { Gap } from '../../domain/gap.ts';
import { known } from '../../domain/reading.ts';
import { defineControl } from '../define.ts';
import { countedIdentities } from '../populations.ts';
import { orDoubt } from '../readings.ts';
import { fail, notApplicable, pass } from '../verdict.ts';

export const unusedIdentities = defineControl({
  id: 'unused-identities',
  version: 1,
  severity: 'medium',
  title: 'Every user and role is used',
  method: 'The activity of each user and role in the window of the night; those made inside it are too new to judge.',
  frameworks: {
    'nist-800-53-r5': ['AC-2(3)', 'AC-2(j)'],
    'pci-dss-4.0.1': ['8.2.6'],
    'iso-27001-2022': ['A.5.16', 'A.5.18'],
    'soc-2': ['CC6.2'],
  },
  operations: ['iam:GetAccountAuthorizationDetails', 'iam:GetCredentialReport', 'iam:GetServiceLastAccessedDetails'],
  over: countedIdentities,

  needs: ({ activity, unread }) => ({
    activity: activity === 'unread' ? orDoubt<typeof activity>(null, unread as Gap | null) : known(activity, null),
  }),
  judge({ activity }, { tooNew, lastUsed, created }) {
    const evidence = { lastUsed, created };
    if (activity === 'used') return pass(`it was last used ${lastUsed}`, evidence);
    if (tooNew) return notApplicable('it was made inside the window', evidence);
    return fail(lastUsed === null ? 'no use is on record' : `it was last used ${lastUsed}`, evidence);
  },
  remedy: () => ({ text: 'Ask its owner; take its rights away, and delete it when nobody misses it' }),
});
