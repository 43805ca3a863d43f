import { z } from 'zod';
import type { AccountSummary } from '../../domain/account-settings.ts';
import type { Reading } from '../../domain/reading.ts';
import { defineCollector, oneAnswer, reading } from '../define.ts';

const operation = 'iam:GetAccountSummary';
const Summary = z.object({ SummaryMap: z.record(z.string(), z.number()) });

/** How much there is in the account, and what its root user has: the only source that needs no credential report. */
export const accountSummary = defineCollector<Reading<AccountSummary>>({
  id: 'account-summary',
  operations: [operation],
  async collect(aws) {
    return reading('global', operation, async () => {
      const { value, at } = await oneAnswer(aws.in('global'), operation, {}, Summary);
      return { value: summaryOf(value.SummaryMap), at };
    });
  },
});

function summaryOf(map: Readonly<Record<string, number>>): AccountSummary {
  const count = (name: string): number | null => map[name] ?? null;
  const flag = (name: string): boolean | null => (map[name] === undefined ? null : map[name] > 0);
  return {
    rootMfa: flag('AccountMFAEnabled'),
    rootAccessKeys: flag('AccountAccessKeysPresent'),
    rootPassword: flag('AccountPasswordPresent'),
    rootSigningCertificates: flag('AccountSigningCertificatesPresent'),
    users: count('Users'),
    roles: count('Roles'),
    groups: count('Groups'),
    policies: count('Policies'),
    providers: count('Providers'),
    serverCertificates: count('ServerCertificates'),
    mfaDevices: count('MFADevices'),
    mfaDevicesInUse: count('MFADevicesInUse'),
  };
}
