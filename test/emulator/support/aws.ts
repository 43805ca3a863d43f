import { CreateBucketCommand, PutObjectLockConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import type { Buckets } from '../../../src/adapters/aws/s3-object-store.ts';
import { type Front, startFront } from './front.ts';

/** The account that the credentials below belong to, in both emulators: a 12-digit access key id is that account. */
export const managementAccount = '123456789012';

const [frontPort = 0, motoPort = 0, miniPort = 0] = (process.env['ASSAY_EMULATOR_PORTS'] ?? '').split(',').map(Number);

/** An IP address, so that the SDK puts the bucket in the path by itself. */
export const endpoint = `http://127.0.0.1:${frontPort}`;
/** moto alone: its CloudTrail looks for the trail's bucket there, while the front door keeps S3 in MiniStack. */
export const motoEndpoint = `http://127.0.0.1:${motoPort}`;

export const clientConfig = {
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: managementAccount, secretAccessKey: 'test' },
};

/** Opens the front door over emptied emulators. */
export async function openFront(): Promise<Front> {
  await Promise.all([
    fetch(`${motoEndpoint}/moto-api/reset`, { method: 'POST' }),
    fetch(`http://127.0.0.1:${miniPort}/_ministack/reset`, { method: 'POST' }),
  ]);
  return startFront({ port: frontPort, defaultPort: motoPort, routes });
}

const routes = { s3: miniPort, kms: miniPort };

/** A second door to the same emulators, with faults, answers and counts of its own. */
export const openSideDoor = (): Promise<Front> => startFront({ port: 0, defaultPort: motoPort, routes });

/** Makes the three buckets as the CDK app does: the archive locked by default. */
export async function makeBuckets(s3: S3Client): Promise<Buckets> {
  const buckets = { archive: 'assay-archive', portal: 'assay-portal', work: 'assay-work' };
  await s3.send(new CreateBucketCommand({ Bucket: buckets.archive, ObjectLockEnabledForBucket: true }));
  await s3.send(
    new PutObjectLockConfigurationCommand({
      Bucket: buckets.archive,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 400 } },
      },
    }),
  );
  for (const Bucket of [buckets.portal, buckets.work]) await s3.send(new CreateBucketCommand({ Bucket }));
  return buckets;
}

export const newS3 = (): S3Client => new S3Client(clientConfig);
