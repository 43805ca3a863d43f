import { defineControl } from '../define.ts';
import { theRootUser } from '../populations.ts';
import { summaryEntry } from '../readings.ts';
import { fail, notApplicable, pass } from '../verdict.ts';

export const rootHardwareMfa = defineControl({
  id: 'root-hardware-mfa',
  version: 1,
  severity: 'high',
  title: 'The root user signs in with a hardware device',
  method:
    'The account summary says whether the root user has MFA; a virtual device that is assigned to it is no hardware.',
  frameworks: {
    'cis-aws-7.0.0': ['2.6'],
    'cis-aws-5.0.0': ['1.5'],
    'cis-aws-3.0.0': ['1.6'],
    'nist-800-53-r5': ['AC-2(1)', 'IA-2(6)', 'IA-2(8)'],
    'pci-dss-4.0.1': ['8.4.1'],
    'iso-27001-2022': ['A.8.5'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:GetAccountSummary', 'iam:ListVirtualMFADevices'],
  over: theRootUser,

  needs: (_, { facts }) => ({
    mfa: summaryEntry(facts, 'rootMfa'),
    summary: facts.summary,
    virtual: facts.mfa.virtual,
  }),
  judge({ mfa, summary: { rootPassword }, virtual }) {
    const devices = virtual
      .filter(({ assignedTo }) => assignedTo?.endsWith(':root') === true)
      .map(({ serial }) => serial);
    if (!mfa && rootPassword === false) return notApplicable('the root user has no password to sign in with');
    if (!mfa) return fail('the root user has no MFA device');
    return devices.length > 0
      ? fail('the root user signs in with a virtual device', { devices })
      : pass('the root user signs in with a hardware device or security key');
  },
  remedy: () => ({ text: 'Register a security key or hardware token for the root user and remove the virtual device' }),
});
