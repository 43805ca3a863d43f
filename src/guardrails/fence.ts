import { arnIn } from '../domain/partition.ts';
import { ActionSet } from '../iam/action-set.ts';
import { type Holder, Position, type Spoken } from '../iam/holder.ts';
import { Knowledge, variablesIn } from '../iam/knowledge.ts';
import { parsePolicy } from '../iam/parse.ts';
import { type Caller, callerOf } from '../iam/principal.ts';
import type { Layers } from '../iam/request.ts';
import type { Probe } from './define.ts';

/** The policies on an account's path, and what is fixed for every principal in it. */
export interface Fence {
  readonly account: string;
  /** Undefined = not known: then an ARN of any partition may be one of the account's. */
  readonly partition?: string | undefined;
  readonly organization: string | null;
  /** Where the account stands, as `aws:PrincipalOrgPaths` says it: `o-…/r-…/ou-…/`. Without it such conditions stay open. */
  readonly orgPath?: string | null;
  readonly scps: Holder['scps'];
  readonly rcps: Holder['rcps'];
}

/** As `assay evaluate` takes it (design §4). */
export interface WitnessRequest {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly context: Readonly<Record<string, unknown>>;
}

/** An identity that is allowed everything stands for all (design §4). */
const everything = parsePolicy(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  'identity',
  'everything',
);

/** The layers under which a fence's requests are decided. */
export const layersOf = ({ scps, rcps }: Fence): Layers => ({
  identity: [everything],
  boundary: null,
  session: null,
  resource: null,
  scps,
  rcps,
});

/** Principals that no allow-list names. */
export const strangersOf = ({ account, partition }: Pick<Fence, 'account' | 'partition'>): string[] =>
  ['role/zq7-anybody', 'user/zq7-anybody', 'root'].map((who) => arnIn(partition, `iam::${account}:${who}`));

/** Where principals stand behind a fence, by principal and what their requests carry: many probes ask from the same place. */
const places = new WeakMap<Fence, Map<string, Position>>();

/** What speaks on a probe. `principal` null = any of the account. */
export function spokenOn(probe: Probe, fence: Fence, principal: string | null): Spoken {
  const known = places.get(fence) ?? new Map<string, Position>();
  places.set(fence, known);
  const service = probe.action.slice(0, probe.action.indexOf(':'));
  const key = JSON.stringify([principal, service, probe.context, probe.absent]);
  const position = known.get(key) ?? new Position(holderOf(probe, fence, principal));
  known.set(key, position);
  return position.on(new ActionSet([probe.action]), 0);
}

/** A principal of the account that is allowed everything, asking for a probe. */
export function holderOf({ action, context, absent }: Probe, fence: Fence, principal: string | null): Holder {
  const { account, organization, orgPath, scps, rcps } = fence;
  const [anybody = ''] = strangersOf(fence);
  const caller = callerOf(principal ?? anybody);
  const own = principal === null ? { fixed: {}, closed: [] } : ownKeys(caller);
  const knowledge = new Knowledge(
    {
      'aws:PrincipalAccount': account,
      'aws:PrincipalIsAWSService': 'false',
      'aws:ResourceAccount': account,
      ...(organization === null ? {} : { 'aws:PrincipalOrgID': organization, 'aws:ResourceOrgID': organization }),
      ...(orgPath == null ? {} : { 'aws:PrincipalOrgPaths': [orgPath], 'aws:ResourceOrgPaths': [orgPath] }),
      ...own.fixed,
      ...context,
    },
    [...absent.map((key) => key.toLowerCase()), ...own.closed, ...foreignKeys(action, fence)],
  );
  return { caller, knowledge, identity: [everything], boundary: null, scps, rcps };
}

/** Keys with the prefix of a service that requests to others carry: they come with the credentials (IAM user guide, "Global condition keys"). */
const travelling =
  /^(aws|saml|codebuild|identitystore|glue):|^(ec2:(roledelivery|sourceinstancearn)|lambda:sourcefunctionarn|ssm:sourceinstancearn)$|\..*:/;

/** Keys that the policies of a fence ask for and that no request of an action carries: they belong to other services (domain facts C.3). */
const foreignKeys = (action: string, fence: Fence): string[] => {
  const own = action.slice(0, action.indexOf(':') + 1).toLowerCase();
  return keysIn(fence).filter((key) => key.includes(':') && !key.startsWith(own) && !travelling.test(key));
};

const named = new WeakMap<Fence, string[]>();

/** Keys that the policies of a fence ask for, found once. */
function keysIn(fence: Fence): string[] {
  const kept = named.get(fence);
  if (kept !== undefined) return kept;
  const statements = [...fence.scps, ...fence.rcps].flat().flatMap((it) => it.statements);
  const texts = statements.flatMap(({ conditions, resources }) => [
    ...conditions.flatMap(({ values }) => values),
    ...(resources ?? []),
  ]);
  const keys = statements.flatMap(({ conditions }) => conditions.map(({ key }) => key));
  const found = [...new Set([...keys, ...texts.flatMap(variablesIn)])];
  named.set(fence, found);
  return found;
}

const types: Readonly<Partial<Record<Caller['kind'], string>>> = {
  role: 'AssumedRole',
  user: 'User',
  root: 'Account',
  'federated-user': 'FederatedUser',
};

/** Keys that a principal fixes by being who it is; only requests of users carry `aws:username` (IAM user guide, "Global condition keys"). */
function ownKeys({ arn, kind }: Caller): {
  readonly fixed: Readonly<Record<string, string>>;
  readonly closed: readonly string[];
} {
  const type = types[kind];
  const fixed = { 'aws:PrincipalArn': arn, ...(type === undefined ? {} : { 'aws:PrincipalType': type }) };
  if (kind === 'user') return { fixed: { ...fixed, 'aws:username': arn.split('/').at(-1) ?? '' }, closed: [] };
  return { fixed, closed: ['aws:username'] };
}
