import { z } from 'zod';
import type { ServerCertificate } from '../../domain/account-settings.ts';
import { isoDate } from '../../domain/iso-date.ts';
import type { Reading } from '../../domain/reading.ts';
import { defineCollector, everyPage, reading } from '../define.ts';

const operation = 'iam:ListServerCertificates';
const Page = z.object({
  ServerCertificateMetadataList: z.array(
    z.object({
      Arn: z.string(),
      ServerCertificateName: z.string(),
      UploadDate: z.string().optional(),
      Expiration: z.string().optional(),
    }),
  ),
});

/** TLS certificates kept in IAM; those of Certificate Manager are none of them. */
export const serverCertificates = defineCollector<Reading<readonly ServerCertificate[]>>({
  id: 'server-certificates',
  operations: [operation],
  async collect(aws) {
    return reading('global', operation, async () => {
      const { value, at } = await everyPage(aws.in('global'), operation, {}, Page);
      return { value: value.flatMap((page) => page.ServerCertificateMetadataList).map(certificate), at };
    });
  },
});

const certificate = (it: z.infer<typeof Page>['ServerCertificateMetadataList'][number]): ServerCertificate => ({
  arn: it.Arn,
  name: it.ServerCertificateName,
  uploaded: isoDate(it.UploadDate),
  expires: isoDate(it.Expiration),
});
