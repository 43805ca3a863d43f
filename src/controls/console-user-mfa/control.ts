import { known } from '../../domain/reading.ts';
import { defineControl } from '../define.ts';
import { reportRows, users } from '../populations.ts';
import { word } from '../shell.ts';
import { askedFor, fail, ifKnown, notApplicable, pass } from '../verdict.ts';

export const consoleUserMfa = defineControl({
  id: 'console-user-mfa',
  version: 2,
  severity: 'high',
  title: 'Every user with a console password has MFA',
  method:
    'The credential report says who has a console password and who had MFA when it was made; the devices of each user are listed. One of the two is enough to know: a device, or the word of the report. A user without a password is not judged.',
  frameworks: {
    'cis-aws-7.0.0': ['2.10'],
    'cis-aws-5.0.0': ['1.9'],
    'cis-aws-3.0.0': ['1.10'],
    'nist-800-53-r5': ['IA-2(1)', 'IA-2(2)'],
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
    const signingIn = rows.filter(({ passwordEnabled }) => passwordEnabled);
    if (signingIn.length === 0) return notApplicable('the user has no console password');
    const list = devices.kind === 'known' ? devices.value : [];
    if (list.length > 0) return pass('the user signs in with MFA', { devices: list.map(({ serial }) => serial) });
    if (signingIn.every(({ mfaActive }) => mfaActive)) return pass('the user signs in with MFA, by the report');
    if (signingIn.some(({ mfaActive }) => mfaActive === false)) return fail('the user signs in with a password alone');
    return ifKnown(devices, () => fail('the user signs in with a password alone'));
  },
  remedy: ({ name }) => ({
    text: 'Have the user register an MFA device, or take the password away',
    command: `aws iam delete-login-profile --user-name ${word(name)}`,
  }),
});
