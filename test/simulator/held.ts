import { describeAction } from '../../src/catalogue/actions.ts';
import { type ChainPolicy, type GrantLine, grantLines } from '../../src/simulator/grant-table.ts';
import type { HeldPolicy } from '../../src/simulator/held.ts';
import type { NamedPolicy, OneOrMany, PolicyDocument, TestCase } from '../iam/reference/case.ts';
import { many } from '../iam/reference/case.ts';
import { referenceEvaluate } from '../iam/reference/evaluate.ts';
import { demo } from './count.ts';

// What every identity of the demo holds, found by trying: requests over a sample of resources and contexts, decided by the reference
// evaluator from the raw documents. No line of the product's engine or judge takes part.

export interface Holding {
  readonly nominal: readonly string[];
  readonly effective: readonly string[];
}

/** A document with a resource that is neither `*` nor an ARN: IAM refuses it, so what its holder holds is not known. */
const isRefused = ({ document }: HeldPolicy): boolean =>
  resourcesIn(document).some((it) => it !== '*' && !it.startsWith('arn:'));

const resourcesIn = (document: HeldPolicy['document']): string[] =>
  many((document as unknown as PolicyDocument).Statement).flatMap(({ Resource }) => many(Resource));

/** A resource of each type of the action, and what each pattern of the identity's own policies names of these; `*` where it takes none. */
function samplesOf({ policies, arn, name }: GrantLine, action: string): string[] {
  const account = arn.split(':')[4] ?? '';
  const { formats, none } = typesOf(action);
  const named = policies.flatMap(({ document }) => resourcesIn(document)).filter((it) => it !== '*');
  const filled = named.map((pattern) =>
    pattern
      .replaceAll(`\${aws:username}`, name)
      .split(':')
      .map((part, at) => (part === '*' && at === 4 ? account : part.replaceAll('*', 'zq7')))
      .join(':'),
  );
  const made = formats.map((format) => withValues(format, account));
  const ofTypes = filled.filter((it) => formats.some((format) => hasFormat(format, it)));
  return [...new Set([...made, ...ofTypes, ...(none ? ['*'] : [])])];
}

const kinds = new Map<string, { readonly formats: readonly string[]; readonly none: boolean }>();

/** From the catalogue's data alone; of an action with many types a few stand for all. */
function typesOf(action: string): { readonly formats: readonly string[]; readonly none: boolean } {
  const { resources = [], needsResource = false } = describeAction(action) ?? {};
  const kind = kinds.get(action) ?? {
    formats: resources.flatMap(({ arns }) => arns).slice(0, 6),
    none: !needsResource,
  };
  kinds.set(action, kind);
  return kind;
}

const withValues = (format: string, account: string): string =>
  Object.entries({ Partition: 'aws', Region: 'eu-central-1', Account: account })
    .reduce((text, [name, value]) => text.replace(`\${${name}}`, value), format)
    .replace(/\$\{[^}]*\}/g, 'zq7');

const hasFormat = (format: string, resource: string): boolean =>
  new RegExp(`^${format.replace(/\$\{[^}]*\}/g, '.*').replaceAll('/', '\\/')}$`).test(resource);

/** The policy of a KMS key that AWS makes, without which a key opens to nobody. */
const keyPolicy = ({ arn }: GrantLine): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${arn.split(':')[4]}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
});

function contextsOf({ arn, kind, name }: GrantLine): Record<string, OneOrMany<string>>[] {
  const own = {
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': arn.split(':')[4] ?? '',
    'aws:PrincipalOrgID': demo.id,
    'aws:PrincipalType': kind === 'user' ? 'User' : 'AssumedRole',
    'aws:RequestedRegion': 'eu-central-1',
    ...(kind === 'user' ? { 'aws:username': name } : {}),
  };
  return [own, { ...own, 'aws:MultiFactorAuthPresent': 'true' }];
}

const named = ({ name, document }: HeldPolicy | ChainPolicy): NamedPolicy => ({
  name,
  document: document as unknown as PolicyDocument,
});
const levels = (chain: readonly ChainPolicy[]): NamedPolicy[][] =>
  [...Map.groupBy(chain, ({ target }) => target).values()].map((level) => level.map(named));

/** Whether some request for the action is allowed; `carrying`: what each of them carries besides. */
function canDo(
  line: GrantLine,
  action: string,
  policies: TestCase['policies'],
  carrying: Readonly<Record<string, string>> = {},
): boolean {
  return samplesOf(line, action).some((resource) =>
    contextsOf(line).some((own) => {
      const context = { ...own, ...carrying };
      const request = {
        principal: line.arn,
        action,
        resource,
        resourceAccount: line.arn.split(':')[4] ?? '',
        managementAccount: demo.management,
        context,
      };
      const resourcePolicy = action.startsWith('kms:') && resource.includes(':key/') ? keyPolicy(line) : null;
      return referenceEvaluate({ request, policies: { ...policies, resource: resourcePolicy } }) === 'Allowed';
    }),
  );
}

/** Whether some request for an action on one resource is allowed, with everything that limits its holder. */
export function canDoOn(line: GrantLine, action: string, resource: string): boolean {
  const policies = {
    identity: line.policies.map(named),
    boundary: line.boundary === null ? null : [named(line.boundary)],
    scps: levels(line.scps),
    rcps: levels(line.rcps),
    session: null,
    resource: null,
  };
  return contextsOf(line).some((context) => {
    const request = {
      principal: line.arn,
      action,
      resource,
      resourceAccount: line.arn.split(':')[4] ?? '',
      managementAccount: demo.management,
      context,
    };
    return referenceEvaluate({ request, policies }) === 'Allowed';
  });
}

/** Identities that differ in nothing that a document of the demo looks at hold the same. */
const keyOf = ({ policies, boundary, scps, rcps, kind, account }: GrantLine): string =>
  JSON.stringify([kind, account === 'management', policies, boundary, scps, rcps]);
/** Names of roles that service control policies of the demo leave out: nobody bears one, so that a name changes nothing. */
const exempt = new Set(['log-administrator', 'ai-platform-admin', 'claude-runtime']);

/** Null where a policy is refused by IAM. */
export function holdings(actions: readonly string[]): ReadonlyMap<string, Holding | null> {
  const kept = new Map<string, Holding>();
  const found = new Map<string, Holding | null>();
  for (const line of grantLines(demo)) {
    if (exempt.has(line.name))
      throw new TypeError(`${line.name} is left out by a policy: what it holds hangs on its name`);
    if (line.policies.some(isRefused)) found.set(line.arn, null);
    else {
      const key = keyOf(line);
      const holding = kept.get(key) ?? holdingOf(line, actions);
      kept.set(key, holding);
      found.set(line.arn, holding);
    }
  }
  return found;
}

const nominals = new Map<string, readonly string[]>();

function holdingOf(line: GrantLine, actions: readonly string[]): Holding {
  const alone = {
    identity: line.policies.map(named),
    boundary: null,
    scps: [],
    rcps: [],
    session: null,
    resource: null,
  };
  const key = JSON.stringify([line.kind, alone.identity, actions]);
  const nominal = nominals.get(key) ?? actions.filter((action) => canDo(line, action, alone));
  nominals.set(key, nominal);
  const whole = wholeOf(line);
  return { nominal, effective: nominal.filter((action) => canDo(line, action, whole)) };
}

const wholeOf = (line: GrantLine): TestCase['policies'] => ({
  identity: line.policies.map(named),
  boundary: line.boundary === null ? null : [named(line.boundary)],
  scps: levels(line.scps),
  rcps: levels(line.rcps),
  session: null,
  resource: null,
});

/** Whether somebody can make an AI key, and call with one: with a long-term one as a user, with a short-term one as a role. */
export function keyPowers(): ReadonlyMap<string, { readonly make: boolean; readonly call: boolean } | null> {
  const found = grantLines(demo).map((line) => {
    const can = (action: string, key: string, value: string) => canDo(line, action, wholeOf(line), { [key]: value });
    const make = ['aws-external-anthropic', 'bedrock'].some((service) =>
      can(
        'iam:CreateServiceSpecificCredential',
        'iam:ServiceSpecificCredentialServiceName',
        `${service}.amazonaws.com`,
      ),
    );
    const token = line.kind === 'user' ? 'LONG_TERM' : 'SHORT_TERM';
    const call = ['aws-external-anthropic', 'bedrock', 'bedrock-mantle'].some((prefix) =>
      can(`${prefix}:CallWithBearerToken`, `${prefix}:BearerTokenType`, token),
    );
    return [line.arn, line.policies.some(isRefused) ? null : { make, call }] as const;
  });
  return new Map(found);
}

/** Whether a long-term key is of no use to its user: every call with it denied that an administrator would be allowed. */
export function longTermKeyDenied(key: {
  account: string;
  UserName?: string | undefined;
  ServiceName?: string | undefined;
}): boolean {
  const { account, UserName, ServiceName = '' } = key;
  const line = grantLines(demo).find(({ arn, kind }) => kind === 'role' && arn.split(':')[4] === account);
  if (line === undefined) throw new TypeError(`nobody is in ${account}`);
  const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
  const opened = ServiceName.startsWith('bedrock') ? ['bedrock', 'bedrock-mantle'] : ['aws-external-anthropic'];
  return opened.every((prefix) => {
    const request = {
      principal: `arn:aws:iam::${account}:user/${UserName}`,
      action: `${prefix}:CallWithBearerToken`,
      resource: '*',
      managementAccount: demo.management,
      context: { [`${prefix}:BearerTokenType`]: 'LONG_TERM' },
    };
    const policies = {
      identity: [{ name: 'all', document: everything }],
      boundary: null,
      session: null,
      resource: null,
      scps: levels(line.scps),
      rcps: [],
    };
    return referenceEvaluate({ request, policies }) === 'ExplicitlyDenied';
  });
}
