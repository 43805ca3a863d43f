import { defineControl } from '../define.ts';
import { some } from '../policies.ts';
import { listedUsers } from '../populations.ts';
import { word } from '../shell.ts';
import { counted, fail, pass } from '../verdict.ts';

export const userPolicies = defineControl({
  id: 'user-policies',
  version: 1,
  severity: 'low',
  title: 'Users get their rights through groups',
  method: 'A user with an inline or attached policy of its own fails, whatever the policy allows.',
  frameworks: {
    'cis-aws-7.0.0': ['2.13'],
    'cis-aws-5.0.0': ['1.14'],
    'cis-aws-3.0.0': ['1.15'],
    'nist-800-53-r5': ['AC-6'],
    'iso-27001-2022': ['A.5.18'],
    'soc-2': ['CC6.3'],
  },
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: listedUsers,

  needs: () => ({}),
  judge(_, { inline, attached }) {
    const own = [...attached, ...inline.map(({ name }) => name)];
    return own.length === 0
      ? pass('the user has no policies of its own')
      : fail(`the user has ${counted(own.length, 'policy', 'policies')} of its own`, { policies: some(own) });
  },
  remedy: ({ name }) => ({
    text: 'Move the policies to a group or, better, to a role',
    command: `aws iam list-attached-user-policies --user-name ${word(name)}`,
  }),
});
