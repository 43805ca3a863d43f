import { known } from '../../domain/reading.ts';
import { defineControl } from '../define.ts';
import { reportRows, users } from '../populations.ts';
import { askedFor, fail, ifKnown, notApplicable, pass } from '../verdict.ts';

const isVirtual = (serial: string): boolean => /^arn:[^:]+:iam::\d{12}:mfa\//.test(serial);

export const userHardwareMfa = defineControl({
  id: 'user-hardware-mfa',
  version: 1,
  severity: 'low',
  title: 'Every user with a console password has phishing-resistant MFA',
  method:
    'The devices of each user with a console password; a serial number that is an ARN of kind `mfa` is a virtual device.',
  frameworks: {
    'nist-800-53-r5': ['IA-2(6)', 'IA-2(8)'],
    'pci-dss-4.0.1': ['8.4.2'],
    'iso-27001-2022': ['A.8.5'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:GetCredentialReport', 'iam:ListMFADevices'],
  over: users,

  needs: ({ name }, { facts }) => ({
    rows: reportRows(facts, name),
    devices: known(askedFor(facts.mfa.byUser, name, 'iam:ListMFADevices'), null), // whoever has no password needs none
  }),
  judge({ rows, devices }) {
    if (!rows.some(({ passwordEnabled }) => passwordEnabled)) return notApplicable('the user has no console password');
    return ifKnown(devices, (list) => {
      const serials = list.map(({ serial }) => serial);
      if (serials.length === 0) return fail('the user signs in with a password alone');
      return serials.some(isVirtual)
        ? fail('the user can sign in with a virtual device', { serials })
        : pass('the user signs in with a hardware device or security key', { serials });
    });
  },
  remedy: () => ({ text: 'Have the user register a security key and remove the virtual device' }),
});
