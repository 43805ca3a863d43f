import { isOperation, operations } from '../../../catalogue/operations.ts';
import { accountId, isRegion, type Region } from '../../../domain/ids.ts';
import type { Operation } from '../../../ports/aws-calls.ts';
import type { Owner } from '../../../ports/aws-reader.ts';
import { InputError } from '../input-error.ts';
import type { FoundFile } from './find.ts';
import { needsInput } from './known-outputs.ts';

/** What a file's path says: whose answers these are, of which call, and how they are written. */
export interface Placement {
  readonly owner: Owner;
  readonly region: Region | 'global';
  readonly operation: Operation;
  readonly form: 'jsonl' | 'json' | 'csv';
}

const fileName = /^(?<service>[a-z]+)\.(?<name>[A-Za-z]+)\.(?<form>jsonl|json|csv)(?:\.gz)?$/;
const folders = {
  organization: 'organization/global',
  global: '<account>/global',
  region: '<account>/<region>',
} as const;

/** The path at which the answers of a call belong. */
export const homeOf = (operation: Operation): string =>
  `${folders[operations[operation].where]}/${operation.replace(':', '.')}.${needsInput(operation) ? 'jsonl' : 'json'}`;

/** Reads the path of a file in an account folder. */
export function placementOf({ path, location: file }: FoundFile): Placement {
  const [owner = '', region = '', name = ''] = path.split('/');
  if (region !== 'global' && !isRegion(region))
    throw new InputError(
      'WRONG_PLACE',
      { file },
      `unknown folder \`${region}\``,
      'use `global` or the name of a Region',
    );
  const { operation, form } = callOf(name, file);
  const place = whereOf(owner, region);
  if (place !== operations[operation].where)
    throw new InputError(
      'WRONG_PLACE',
      { file },
      `${operation} does not belong here`,
      `move it to \`${homeOf(operation)}\``,
    );
  const placed = { region: region as Region | 'global', operation, form };
  return { owner: owner === 'organization' ? owner : accountId(owner), ...placed };
}

function whereOf(owner: string, region: string): 'organization' | 'global' | 'region' | undefined {
  if (owner === 'organization') return region === 'global' ? 'organization' : undefined;
  return region === 'global' ? 'global' : 'region';
}

function callOf(name: string, file: string): Pick<Placement, 'operation' | 'form'> {
  const parts = fileName.exec(name)?.groups;
  if (parts === undefined) {
    const remedy = 'name it `<service>.<Operation>.jsonl` or `.json`, plain or `.gz`, or remove it';
    throw new InputError('WRONG_PLACE', { file }, 'a stray file', remedy);
  }
  const operation = `${parts['service']}:${parts['name']}`;
  if (!isOperation(operation))
    throw new InputError('NOT_RECOGNISED', { file }, `unknown operation \`${operation}\``, known(operation));
  const form = parts['form'] as Placement['form'];
  if (form === 'csv' && operation !== 'iam:GetCredentialReport')
    throw new InputError('WRONG_SHAPE', { file }, 'only iam.GetCredentialReport can be CSV', 'give the answer as JSON');
  if (form === 'json' && needsInput(operation)) {
    const problem = `a \`.json\` file does not say which input of ${operation} it answers`;
    throw new InputError(
      'WRONG_SHAPE',
      { file },
      problem,
      'write lines `{"input":{…},"output":{…}}` into a `.jsonl` file',
    );
  }
  return { operation, form };
}

/** The calls that could have been meant. */
function known(operation: string): string {
  const service = operation.slice(0, operation.indexOf(':') + 1);
  const all = Object.keys(operations);
  const near = all.filter((name) => name.startsWith(service));
  return `Assay reads ${(near.length > 0 ? near : all).join(', ')}`;
}
