import { describeAction, describeService, type ResourceType } from './actions.ts';
import { operations } from './operations.ts';

// The policies Assay needs, from the operation table: a call that is not in the table is in no policy, and none is granted by a pattern.

/**
 * Who holds a policy. `member`: the reader role of an account. `management`: whoever Assay runs as, in the management account or a
 * delegated administrator's, who also reads its own account. `hub`: the same principal, so that it may assume the reader roles.
 */
export type PolicyHolder = 'member' | 'management' | 'hub';

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal?: { readonly AWS: string };
  readonly Action: string | readonly string[];
  /** Left out in a trust policy. */
  readonly Resource?: readonly string[];
  readonly Condition?: Conditions;
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** What the documents name. Any text may be a placeholder of a template. */
export interface ReaderScope {
  readonly partition: string;
  /** `path` begins and ends with `/`, and is `/` where it is left out. */
  readonly readerRole: { readonly name: string; readonly path?: string };
  /** `o-…`; where it is left out, an organisation's resources are named with `*`. */
  readonly organizationId?: string | undefined;
}

/** Calls of the table that are no read of a policy's holder. */
const notGrantedToReaders: Readonly<Record<string, string>> = {
  'sts:AssumeRole': "the hub's, on the reader roles alone",
  'sts:GetCallerIdentity': 'needs no permission (STS API reference, "GetCallerIdentity")',
};

/** The actions a holder is granted, sorted. */
export function grantedActions(holder: PolicyHolder): readonly string[] {
  if (holder === 'hub') return ['sts:AssumeRole'];
  const rows = Object.values(operations).filter(({ where }) => holder === 'management' || where !== 'organization');
  const actions = rows
    .flatMap(({ action, also = [] }) => [action, ...also])
    .filter((action) => !Object.hasOwn(notGrantedToReaders, action));
  return [...new Set(actions)].sort();
}

/** The least policy of a holder: exactly its actions, each on the kinds of resource that Assay asks about. */
export function readerPolicy(holder: PolicyHolder, scope: ReaderScope): PolicyDocument {
  if (holder === 'hub') return document([assumeReaders(scope)]);
  const groups = Map.groupBy(grantedActions(holder), (action) => sidOf(action));
  return document(
    [...groups].sort(byName).map(([Sid, actions]) => ({
      Sid,
      Effect: 'Allow',
      Action: actions,
      Resource: resourcesOf(actions[0] as string, scope),
    })),
  );
}

const document = (statements: readonly PolicyStatement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
});

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** Accounts join at any time, so the account is open; the role's name and, where it is known, the organisation are not. */
function assumeReaders({ partition, readerRole: { name, path = '/' }, organizationId }: ReaderScope): PolicyStatement {
  return {
    Sid: 'AssumeReaderRoles',
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Resource: [`arn:${partition}:iam::*:role${path}${name}`],
    ...(organizationId === undefined ? {} : { Condition: { StringEquals: { 'aws:ResourceOrgID': organizationId } } }),
  };
}

/** Where Assay asks about other kinds of resource than the reference lists for the action. */
interface Asked {
  readonly types: readonly string[];
  /** The Sid where no kind can be named. */
  readonly sid?: string;
  readonly reason: string;
}

const ofAws =
  'policies of AWS (`p-FullAWSAccess`) have a form of ARN that the reference lists for the service, not for the action';
const allAtOnce = {
  types: [],
  sid: 'AsksForAllAtOnce',
  reason:
    'the call names none of its resources, AWS does not say what it then checks, and a wrong guess hides them all',
};

export const askedInstead: Readonly<Record<string, Asked>> = {
  'account:ListRegions': {
    types: ['account'],
    reason: 'every account is asked about itself, never the management account about a member',
  },
  'cloudtrail:LookupEvents': {
    types: [],
    sid: 'ReadsEventHistory',
    reason: 'AWS names no resource, and it is the one read of what people did: apart, so that it can be left out',
  },
  'cloudwatch:DescribeAlarms': allAtOnce,
  'config:DescribeConfigurationRecorderStatus': allAtOnce,
  'config:DescribeConfigurationRecorders': allAtOnce,
  'iam:GenerateServiceLastAccessedDetails': {
    types: ['role', 'user'],
    reason: 'asked about roles and users, never about groups and policies',
  },
  'iam:ListServiceSpecificCredentials': allAtOnce,
  'logs:DescribeSubscriptionFilters': {
    ...allAtOnce,
    reason:
      'asked for behind `DescribeAccountPolicies` as well, which names no log group; AWS does not say what it then checks',
  },
  'organizations:DescribePolicy': { types: ['awspolicy', 'policy'], reason: ofAws },
  'organizations:ListTagsForResource': {
    types: ['account', 'organizationalunit', 'root'],
    reason: 'asked about accounts and what holds them, never about policies and transfers',
  },
  'organizations:ListTargetsForPolicy': { types: ['awspolicy', 'policy'], reason: ofAws },
};

const askedOf = (action: string): Asked | undefined =>
  Object.hasOwn(askedInstead, action) ? askedInstead[action] : undefined;

/** One statement for each set of resource types: its Sid names them, or says why it stands on `*`. */
function sidOf(action: string): string {
  const types = typesOf(action).map(({ type }) => type);
  if (types.length === 0) return askedOf(action)?.sid ?? 'AwsNamesNoResourceType';
  return ['On', action.slice(0, action.indexOf(':')), ...types].map(capital).join('');
}

/** A Sid is letters and digits (IAM user guide, "Sid"). */
const capital = (word: string): string => (word[0] ?? '').toUpperCase() + word.slice(1).replace(/[^A-Za-z0-9]/g, '');

/** The resource types an action is granted on: those of the Service Authorization Reference, unless Assay asks about others. */
function typesOf(action: string): readonly ResourceType[] {
  const described = describeAction(action);
  if (described === undefined) throw new RangeError(`AWS lists no action \`${action}\``);
  const asked = askedOf(action);
  if (asked === undefined) return described.resources;
  const known = describeService(action.slice(0, action.indexOf(':')))?.resources ?? [];
  return known.filter(({ type }) => asked.types.includes(type));
}

function resourcesOf(action: string, scope: ReaderScope): readonly string[] {
  const arns = typesOf(action).flatMap(({ arns }) => arns.flatMap((arn) => filled(arn, scope)));
  return arns.length === 0 ? ['*'] : arns.sort();
}

/** The policy types Assay reads, as ARNs spell them; tag, backup and other policies stay closed. */
const policyTypes = ['resource_control_policy', 'service_control_policy'];

/** An ARN format of the reference: what is known is filled in, the rest is `*`; also the account, since an organisation's trail is another's. */
function filled(arn: string, scope: ReaderScope): readonly string[] {
  const { partition, organizationId = 'o-*' } = scope;
  const known: Readonly<Record<string, string>> = { Partition: partition, OrganizationId: organizationId.slice(2) };
  const types = arn.includes('${PolicyType}') ? policyTypes : ['*'];
  return types.map((type) =>
    arn.replace(/\$\{(\w+)\}/g, (_, variable: string) => (variable === 'PolicyType' ? type : (known[variable] ?? '*'))),
  );
}

/** Who may assume the reader role. */
export interface TrustScope {
  readonly partition: string;
  /** The account Assay runs in. `principal`: its role or user there, `role/Assay-*`, else whoever that account lets. */
  readonly hub: { readonly account: string; readonly principal?: string | undefined };
  readonly externalId?: string | undefined;
  readonly organizationId?: string | undefined;
}

/**
 * The trust policy of the reader role. The hub is named as its account, and its role in a condition: a role named as the principal must
 * exist before, and is lost when it is made anew (IAM user guide, "AWS JSON policy elements: Principal").
 */
export function trustPolicy(scope: TrustScope): PolicyDocument {
  const conditions = trustConditions(scope);
  return document([
    {
      Sid: 'OnlyAssay',
      Effect: 'Allow',
      Principal: { AWS: `arn:${scope.partition}:iam::${scope.hub.account}:root` },
      Action: 'sts:AssumeRole',
      ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
    },
  ]);
}

export function trustConditions({ partition, hub, externalId, organizationId }: TrustScope): Conditions {
  const texts = {
    ...(externalId === undefined ? {} : { 'sts:ExternalId': externalId }),
    ...(organizationId === undefined ? {} : { 'aws:PrincipalOrgID': organizationId }),
  };
  return {
    ...(Object.keys(texts).length === 0 ? {} : { StringEquals: texts }),
    ...(hub.principal === undefined
      ? {}
      : { ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::${hub.account}:${hub.principal}` } }),
  };
}

/** What fits, in characters without white space (IAM user guide, "IAM and STS quotas"); for a role, all inline policies together. */
export const policyLimits = { managed: 6_144, inline: 10_240, trust: 2_048 } as const;

/** The size of a document as IAM counts it. */
export const policySize = (policy: object): number => JSON.stringify(policy).replace(/\s/g, '').length;
