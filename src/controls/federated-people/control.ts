import { known } from '../../domain/reading.ts';
import { defineControl } from '../define.ts';
import { reportRows, users } from '../populations.ts';
import { word } from '../shell.ts';
import { fail, notApplicable, pass } from '../verdict.ts';

export const federatedPeople = defineControl({
  id: 'federated-people',
  version: 1,
  severity: 'low',
  title: 'People sign in through federation, not as IAM users',
  method: 'The credential report says which users have a console password; users kept for emergencies are not judged.',
  frameworks: {
    'cis-aws-7.0.0': ['2.19'],
    'cis-aws-5.0.0': ['1.20'],
    'cis-aws-3.0.0': ['1.21'],
    'nist-800-53-r5': ['AC-2(1)'],
    'iso-27001-2022': ['A.5.16'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:GetCredentialReport'],
  over: users,

  needs: ({ name, arn }, { facts, special }) => ({
    rows: reportRows(facts, name),
    kept: known(special.breakGlass.includes(arn), null),
  }),
  judge({ rows, kept }) {
    if (kept) return notApplicable('the user is kept for emergencies');
    return rows.some(({ passwordEnabled }) => passwordEnabled)
      ? fail('the user signs in with a password of its own')
      : pass('the user has no console password');
  },
  remedy: ({ name }) => ({
    text: 'Give the person access through Identity Center, then take the password away',
    command: `aws iam delete-login-profile --user-name ${word(name)}`,
  }),
});
