import { z } from 'zod';
import type { MfaDevice, MfaFacts, VirtualMfaDevice } from '../../domain/account-settings.ts';
import { isoDate } from '../../domain/iso-date.ts';
import { defineCollector, everyPage, reading } from '../define.ts';
import { noSuchEntity, ofEach, orNone, type Users } from '../lists.ts';

const ofAccount = 'iam:ListVirtualMFADevices';
const ofUser = 'iam:ListMFADevices';
const Virtual = z.object({
  VirtualMFADevices: z.array(
    z.object({
      SerialNumber: z.string(),
      User: z.object({ Arn: z.string() }).optional(),
      EnableDate: z.string().optional(),
    }),
  ),
});
const Devices = z.object({
  MFADevices: z.array(z.object({ SerialNumber: z.string(), EnableDate: z.string().optional() })),
});

/** MFA devices: the virtual ones of the account, and each user's of any kind. The root user's hardware device is in no list. */
export const mfaDevices = defineCollector<MfaFacts, Users>({
  id: 'mfa-devices',
  operations: [ofAccount, ofUser],
  async collect(aws, { users }) {
    const reader = aws.in('global');
    const virtual = await reading('global', ofAccount, async () => {
      const { value, at } = await everyPage(reader, ofAccount, { AssignmentStatus: 'Any' }, Virtual);
      return { value: value.flatMap((page) => page.VirtualMFADevices).map(virtualDevice), at };
    });
    const byUser = await ofEach(ofUser, users, (UserName) =>
      orNone(noSuchEntity, [], async () => {
        const { value, at } = await everyPage(reader, ofUser, { UserName }, Devices);
        return { value: value.flatMap((page) => page.MFADevices).map(device), at };
      }),
    );
    return { virtual, byUser };
  },
});

const virtualDevice = (it: z.infer<typeof Virtual>['VirtualMFADevices'][number]): VirtualMfaDevice => ({
  serial: it.SerialNumber,
  assignedTo: it.User?.Arn ?? null,
  enabled: isoDate(it.EnableDate),
});

const device = (it: z.infer<typeof Devices>['MFADevices'][number]): MfaDevice => ({
  serial: it.SerialNumber,
  enabled: isoDate(it.EnableDate),
});
