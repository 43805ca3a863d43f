import { defineControl } from '../define.ts';
import { reportRows, users } from '../populations.ts';
import { word } from '../shell.ts';
import { fail, notApplicable, pass } from '../verdict.ts';

const isTogether = (user: string | null, key: string | null): boolean =>
  user !== null && key !== null && Math.abs(Date.parse(key) - Date.parse(user)) <= 60_000;

export const firstAccessKey = defineControl({
  id: 'first-access-key',
  version: 1,
  severity: 'low',
  title: 'No access key was made with its user and never used',
  method:
    'A user with a console password whose active access key was made within a minute of the user and was never used: somebody ticked a box.',
  frameworks: {
    'cis-aws-5.0.0': ['1.10'],
    'cis-aws-3.0.0': ['1.11'],
    'nist-800-53-r5': ['AC-2(3)'],
    'iso-27001-2022': ['A.5.16'],
    'soc-2': ['CC6.2'],
  },
  operations: ['iam:GetCredentialReport'],
  over: users,

  needs: ({ name }, { facts }) => ({ rows: reportRows(facts, name) }),
  judge({ rows }) {
    const people = rows.filter(({ passwordEnabled }) => passwordEnabled);
    if (people.length === 0) return notApplicable('the user has no console password');
    const idle = people.some(({ created, accessKeys }) =>
      accessKeys.some(({ active, lastUsed, rotated }) => active && lastUsed === null && isTogether(created, rotated)),
    );
    return idle
      ? fail('an access key was made with the user and never used')
      : pass('no access key was made with the user and left unused');
  },
  remedy: ({ name }) => ({ text: 'Delete the key', command: `aws iam list-access-keys --user-name ${word(name)}` }),
});
