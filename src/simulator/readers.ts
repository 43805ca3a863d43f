import { operations } from '../catalogue/operations.ts';
import { pagesOf } from '../catalogue/paging.ts';
import type { Operation } from '../ports/aws-calls.ts';
import type { Answer, AwsReader, AwsReaders, Input } from '../ports/aws-reader.ts';
import { answers } from './answers.ts';
import type { SimulatedAccount, SimulatedOrganization } from './organization.ts';
import { denied, refuse } from './refuse.ts';
import { type CallScope, callerArn, enabledRegions, isManagement, type Memory } from './scope.ts';

/** Answers every call of the operation table from a simulated organisation. Each answer's moment is the organisation's clock. */
export function simulatorReaders(organization: SimulatedOrganization): AwsReaders {
  const memory: Memory = { reportAsked: new Map(), jobs: new Map() };
  const byId = new Map(organization.accounts.map((account) => [account.id as string, account]));
  return {
    for: ({ account: owner, region }) => {
      const account = byId.get(owner === 'organization' ? organization.management : owner);
      if (account === undefined) throw new TypeError(`no account \`${owner}\` in the simulated organisation`);
      return reader({ organization, account, region, memory });
    },
    accounts: () => organization.accounts.map(({ id }) => id).sort(),
  };
}

function reader(scope: CallScope): AwsReader {
  const call = async <O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>> => {
    refuseWhereAwsWould(scope, operation, input as Readonly<Record<string, unknown>>);
    return { output: answers[operation](scope, input), at: scope.organization.clock, source: null };
  };
  return { call, pages: (operation, input) => pagesOf(call, operation, input) };
}

/** Refusals that do not depend on the operation: no role, wrong account, Region off, a fault planted in the account. */
function refuseWhereAwsWould(scope: CallScope, operation: Operation, input: Readonly<Record<string, unknown>>): void {
  const { account } = scope;
  if (operation === 'sts:AssumeRole') {
    refuseAssumption(scope, input['RoleArn']);
    return;
  }
  if (!canEnter(scope)) throw denied(operation, 'AccessDenied', callerArn(scope), '*');
  const planted = account.refuses[operation];
  if (planted !== undefined) throw plantedRefusal(scope, operation, planted);
  const { where } = operations[operation];
  if (where === 'organization' && !isManagement(scope)) {
    throw refuse(operation, 'AccessDeniedException', "You don't have permissions to access this resource.");
  }
  if (where === 'region' && !(enabledRegions(account) as readonly string[]).includes(scope.region)) {
    throw refuse(operation, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
}

function refuseAssumption(scope: CallScope, role: unknown): void {
  const { account } = scope;
  if (canEnter(scope) && account.roles.some((known) => role === roleArn(account, known.name))) return;
  const caller = `arn:aws:sts::${scope.organization.management}:assumed-role/Assay/assay`;
  throw denied('sts:AssumeRole', account.refuses['sts:AssumeRole'] ?? 'AccessDenied', caller, String(role));
}

const canEnter = (scope: CallScope): boolean =>
  isManagement(scope) || (scope.account.state === 'ACTIVE' && scope.account.refuses['sts:AssumeRole'] === undefined);

const roleArn = (account: SimulatedAccount, name: string): string => `arn:aws:iam::${account.id}:role/${name}`;

function plantedRefusal(scope: CallScope, operation: Operation, name: string): Error {
  if (name.startsWith('AccessDenied')) return denied(operation, name, callerArn(scope), '*');
  return refuse(operation, name, 'Rate exceeded');
}
