// The real policies that bench cases are made of, read from the shared data.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parsePolicy } from '../src/iam/parse.ts';
import type { PolicyKind } from '../src/iam/policy.ts';

/** The folder of shared test data; it stays outside the repository. */
export const sharedData =
  process.env['ASSAY_SHARED_DATA'] ?? fileURLToPath(new URL('../../shared/data', import.meta.url));

/** A statement as it is written in a document. */
export interface RawStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface RawPolicy {
  readonly name: string;
  readonly document: { readonly Statement: RawStatement | readonly RawStatement[] };
}

export interface Pool {
  /** AWS managed policies: what principals hold. */
  readonly managed: readonly RawPolicy[];
  readonly scps: readonly RawPolicy[];
  readonly rcps: readonly RawPolicy[];
}

/** The account that asks in all cases, and that sample policies are filled in for. */
export const account = '111122223333';

/** Documents above this length are left out of the cases, so that no case is far from the mean. */
const longest = 12_000;

export function readPool(): Pool {
  return {
    managed: readManaged().filter((policy) => isReadable(policy, 'identity')),
    scps: [...readFolder('scp-aws-samples'), ...readFolder('scp-primeharbor/Policies')].filter((policy) =>
      isReadable(policy, 'scp'),
    ),
    rcps: [...readFolder('rcp-aws-samples'), ...readFolder('scp-primeharbor/ResourceControlPolicies')].filter(
      (policy) => isReadable(policy, 'rcp'),
    ),
  };
}

function readManaged(): RawPolicy[] {
  const lines = gunzipSync(readFileSync(join(sharedData, 'managed-policies/managed-policies.ndjson.gz'))).toString();
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RawPolicy)
    .map(({ name, document }) => ({ name, document }))
    .filter(({ document }) => JSON.stringify(document).length <= longest);
}

/** The policies below a folder, in the order of their paths. */
function readFolder(folder: string): RawPolicy[] {
  const files = readdirSync(join(sharedData, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.json') && !file.endsWith('INDEX.json'))
    .sort()
    .map((file) => ({
      name: file.slice(file.lastIndexOf('/') + 1, -'.json'.length),
      document: JSON.parse(filledIn(readFileSync(join(sharedData, folder, file), 'utf8'))) as RawPolicy['document'],
    }));
}

/** Samples leave the account, the region and a role open; whoever uses one writes his own. */
const filledIn = (text: string): string =>
  text.replaceAll('${Account}', account).replaceAll('${Region}', 'us-east-1').replaceAll('[PRIVILEGED_ROLE]', 'admin');

/** Whether IAM would take the document as such a policy; the samples hold a few templates that it would not. */
function isReadable({ name, document }: RawPolicy, kind: PolicyKind): boolean {
  try {
    parsePolicy(document, kind, name);
    return true;
  } catch {
    return false;
  }
}
