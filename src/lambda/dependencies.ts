import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { kmsSigner } from '../adapters/aws/kms-signer.ts';
import { s3ObjectStore } from '../adapters/aws/s3-object-store.ts';
import { sdkReaders } from '../adapters/aws/sdk-readers.ts';
import { templatesOnDisk } from '../adapters/files/templates.ts';
import { limited } from '../adapters/limits/limited.ts';
import { summed, taken } from '../adapters/limits/stats.ts';
import { chromiumPrinter } from '../adapters/pdf/printer.ts';
import { readExceptions } from '../config/exceptions.ts';
import { readConfiguration } from '../config/read.ts';
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

/** The world of a function in AWS, and the calls to AWS it made since somebody last asked. */
export interface LambdaWorld {
  readonly dependencies: Dependencies;
  calls(): ReturnType<typeof summed>;
}

/** The world of a function, from its environment: it outlives a task, so that its rate budget does too. */
export function lambdaWorld(environment: Environment): LambdaWorld {
  const { readers, stats } = limited(sdkReaders({ attempts: 1 }), rateOptionsIn(environment));
  return { dependencies: dependenciesOf(environment, readers), calls: () => summed(taken(stats)) };
}

/** A setting that is a number above 0; null where it is not set and need not be. */
function numberIn(environment: Environment, name: string): number | null {
  const value = environment[name];
  if (value === undefined || value === '') return null;
  if (!(Number(value) > 0)) throw new Error(`environment variable ${name} is not a number above 0: \`${value}\``);
  return Number(value);
}

/** The bytes of a file that a setting names; null where it names none. A file that is not there is a fault of the deployment. */
function fileIn(environment: Environment, name: string): Buffer | null {
  const path = environment[name];
  return path === undefined || path === '' ? null : readFileSync(path);
}

/** As many functions read accounts side by side as the map allows; each keeps its part of what holds for all of them (design §8). */
export function rateOptionsIn(environment: Environment): Parameters<typeof limited>[1] {
  setting(environment, 'MAP_CONCURRENCY');
  return {
    processes: numberIn(environment, 'MAP_CONCURRENCY') ?? 1,
    maxRate: numberIn(environment, 'MAX_RATE'),
    iamRate: numberIn(environment, 'IAM_RATE'),
  };
}

function dependenciesOf(environment: Environment, readers: Dependencies['readers']): Dependencies {
  const readerRole = setting(environment, 'READER_ROLE');
  const {
    breakGlass,
    controls: thresholds,
    guardrails,
  } = readConfiguration(fileIn(environment, 'CONFIGURATION_FILE')?.toString() ?? '');
  const exceptionsFile = fileIn(environment, 'EXCEPTIONS_FILE');
  const exceptions = readExceptions(exceptionsFile?.toString() ?? '');
  const packed = environment['CHROMIUM_BIN'];
  return {
    settings: {
      readerRole,
      own: null,
      special: { readerRoles: [readerRole], breakGlass },
      thresholds,
      guardrails,
      exceptions,
      formats: ['html', 'pdf'],
      versions: versions({ breakGlass, thresholds }, exceptions, guardrails, exceptionsFile),
    },
    store: s3ObjectStore(new S3Client({}), {
      archive: setting(environment, 'ARCHIVE_BUCKET'),
      portal: setting(environment, 'PORTAL_BUCKET'),
      work: setting(environment, 'WORK_BUCKET'),
    }),
    readers,
    signer: kmsSigner(new KMSClient({}), setting(environment, 'SEALING_KEY')),
    templates: templatesOnDisk({ templates: beside('templates'), fonts: [beside('fonts')] }),
    pdf: chromiumPrinter(packed === undefined ? {} : { packed }),
    pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000)),
  };
}
