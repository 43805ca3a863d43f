import { defineControl } from '../define.ts';
import { theAccount } from '../populations.ts';
import { defaultPasswordPolicy } from '../readings.ts';
import { fail, pass } from '../verdict.ts';

export const passwordComposition = defineControl({
  id: 'password-composition',
  version: 1,
  severity: 'low',
  title: 'Console passwords mix kinds of characters',
  method: 'The password policy of the account asks for upper case, lower case, numbers and symbols.',
  frameworks: {
    'nist-800-53-r5': ['IA-5'],
    'pci-dss-4.0.1': ['8.3.6'],
    'iso-27001-2022': ['A.5.17'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:GetAccountPasswordPolicy'],
  over: theAccount,

  needs: (_, { facts }) => ({ policy: facts.passwordPolicy }),
  judge({ policy }) {
    const { requireUppercase, requireLowercase, requireNumbers, requireSymbols } = policy ?? defaultPasswordPolicy;
    const asked = {
      'upper case': requireUppercase,
      'lower case': requireLowercase,
      numbers: requireNumbers,
      symbols: requireSymbols,
    };
    const missing = Object.entries(asked).flatMap(([kind, wanted]) => (wanted ? [] : [kind]));
    return missing.length === 0
      ? pass('all four kinds of characters are asked for')
      : fail(`not asked for: ${missing.join(', ')}`, { missing });
  },
  remedy: () => ({
    text: 'Set it in the password policy; the command replaces the whole policy, so name every option you want to keep',
    command:
      'aws iam update-account-password-policy --require-symbols --require-numbers --require-uppercase-characters --require-lowercase-characters',
  }),
});
