import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

// Third-party test data stays outside the repository: ASSAY_SHARED_DATA, else beside the checkout.
const folder = process.env['ASSAY_SHARED_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');

/** The path of a file of the shared test data. */
export const sharedData = (path: string): string => join(folder, path);

/** A suite over the shared test data; where there is none it is skipped, and its title says why. */
export function describeWithSharedData(name: string, suite: () => void): void {
  if (existsSync(folder)) describe(name, suite);
  else describe.skip(`${name} (no shared test data at ${folder}: set ASSAY_SHARED_DATA)`, suite);
}
