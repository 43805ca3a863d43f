import { fileURLToPath } from 'node:url';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { kmsSigner } from '../adapters/aws/kms-signer.ts';
import { s3ObjectStore } from '../adapters/aws/s3-object-store.ts';
import { sdkReaders } from '../adapters/aws/sdk-readers.ts';
import { templatesOnDisk } from '../adapters/files/templates.ts';
import { chromiumPrinter } from '../adapters/pdf/printer.ts';
import type { Dependencies } from '../pipeline/dependencies.ts';
import { versions } from '../pipeline/versions.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A setting of the function; a missing one is a fault of the deployment and ends the task at once. */
function setting(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
}

/** A folder that the deployment copied beside the bundle. */
const beside = (folder: string): string => fileURLToPath(new URL(`./${folder}`, import.meta.url));

/** The world of a function in AWS, from its environment. */
export function lambdaDependencies(environment: Environment): Dependencies {
  const readerRole = setting(environment, 'READER_ROLE');
  const packed = environment['CHROMIUM_BIN'];
  return {
    settings: {
      readerRole,
      own: null,
      special: { readerRoles: [readerRole], breakGlass: [] },
      formats: ['html', 'pdf'],
      versions: versions({}),
    },
    store: s3ObjectStore(new S3Client({}), {
      archive: setting(environment, 'ARCHIVE_BUCKET'),
      portal: setting(environment, 'PORTAL_BUCKET'),
      work: setting(environment, 'WORK_BUCKET'),
    }),
    readers: sdkReaders({}),
    signer: kmsSigner(new KMSClient({}), setting(environment, 'SEALING_KEY')),
    templates: templatesOnDisk({ templates: beside('templates'), fonts: [beside('fonts')] }),
    pdf: chromiumPrinter(packed === undefined ? {} : { packed }),
    pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000)),
  };
}
