import { z } from 'zod';
import type { UserKeys } from '../../domain/account-settings.ts';
import { isoDate } from '../../domain/iso-date.ts';
import { defineCollector, everyPage } from '../define.ts';
import { noSuchEntity, ofEach, orNone, type Users } from '../lists.ts';

const operation = 'iam:ListSigningCertificates';
const Page = z.object({
  Certificates: z.array(z.object({ CertificateId: z.string(), Status: z.string(), UploadDate: z.string().optional() })),
});

/** X.509 signing certificates of each user, the inactive ones too, which the credential report does not tell from none. */
export const signingCertificates = defineCollector<UserKeys, Users>({
  id: 'signing-certificates',
  operations: [operation],
  async collect(aws, { users }) {
    return ofEach(operation, users, (UserName) =>
      orNone(noSuchEntity, [], async () => {
        const { value, at } = await everyPage(aws.in('global'), operation, { UserName }, Page);
        const certificates = value.flatMap((page) => page.Certificates);
        return {
          value: certificates.map((it) => ({
            id: it.CertificateId,
            status: it.Status,
            uploaded: isoDate(it.UploadDate),
          })),
          at,
        };
      }),
    );
  },
});
