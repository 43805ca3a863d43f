import { defineControl } from '../define.ts';
import { theAccount } from '../populations.ts';
import { fail, pass } from '../verdict.ts';

export const passwordReuse = defineControl({
  id: 'password-reuse',
  version: 1,
  severity: 'low',
  title: 'Former passwords may not be used again',
  method: 'The password policy of the account; without one any former password may be used again.',
  frameworks: {
    'cis-aws-7.0.0': ['2.9'],
    'cis-aws-5.0.0': ['1.8'],
    'cis-aws-3.0.0': ['1.9'],
    'nist-800-53-r5': ['IA-5'],
    'pci-dss-4.0.1': ['8.3.7'],
    'iso-27001-2022': ['A.5.17'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:GetAccountPasswordPolicy'],
  thresholds: { remembered: 24 },
  over: theAccount,

  needs: (_, { facts }) => ({ policy: facts.passwordPolicy }),
  judge({ policy }, _, { thresholds }) {
    const remembered = policy?.reusePrevention ?? 0;
    const words = `${remembered} former passwords are remembered`;
    return remembered >= thresholds.remembered ? pass(words, { remembered }) : fail(words, { remembered });
  },
  remedy: (_, __, { remembered }) => ({
    text: 'Set it in the password policy; the command replaces the whole policy, so name every option you want to keep',
    command: `aws iam update-account-password-policy --password-reuse-prevention ${remembered}`,
  }),
});
