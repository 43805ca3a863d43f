import { z } from 'zod';
import type { UserKeys } from '../../domain/account-settings.ts';
import { isoDate } from '../../domain/iso-date.ts';
import { defineCollector, everyPage } from '../define.ts';
import { noSuchEntity, ofEach, orNone, type Users } from '../lists.ts';

const operation = 'iam:ListSSHPublicKeys';
const Page = z.object({
  SSHPublicKeys: z.array(
    z.object({ SSHPublicKeyId: z.string(), Status: z.string(), UploadDate: z.string().optional() }),
  ),
});

/** SSH keys of each user; AWS has no list of all users', and the credential report does not know them (domain facts E.3). */
export const sshPublicKeys = defineCollector<UserKeys, Users>({
  id: 'ssh-public-keys',
  operations: [operation],
  async collect(aws, { users }) {
    return ofEach(operation, users, (UserName) =>
      orNone(noSuchEntity, [], async () => {
        const { value, at } = await everyPage(aws.in('global'), operation, { UserName }, Page);
        const keys = value.flatMap((page) => page.SSHPublicKeys);
        return {
          value: keys.map((it) => ({ id: it.SSHPublicKeyId, status: it.Status, uploaded: isoDate(it.UploadDate) })),
          at,
        };
      }),
    );
  },
});
