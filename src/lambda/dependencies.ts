import { kmsSigner } from '../adapters/aws/kms-signer.ts';
import { s3ObjectStore } from '../adapters/aws/s3-object-store.ts';
import { sdkReaders } from '../adapters/aws/sdk-readers.ts';
import { bundledTemplates } from '../adapters/files/templates.ts';
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

/** The world of a function in AWS, from its environment. */
export function lambdaDependencies(environment: Environment): Dependencies {
  const readerRole = setting(environment, 'READER_ROLE');
  return {
    settings: {
      readerRole,
      special: { readerRoles: [readerRole], breakGlass: [] },
      formats: ['html', 'pdf'],
      versions: versions({}),
    },
    store: s3ObjectStore({
      archive: setting(environment, 'ARCHIVE_BUCKET'),
      portal: setting(environment, 'PORTAL_BUCKET'),
      work: setting(environment, 'WORK_BUCKET'),
    }),
    readers: sdkReaders({}),
    signer: kmsSigner(setting(environment, 'SEALING_KEY')),
    templates: bundledTemplates(),
    pdf: chromiumPrinter(),
    pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000)),
  };
}
