import { type Condition, operatorUse } from './condition.ts';
import type { Policy, PolicyKind, Principals, Statement } from './policy.ts';

/** A document that IAM would refuse: where, and what is wrong. Never read as an empty policy. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly place: string;
  readonly problem: string;
  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`);
    this.place = place;
    this.problem = problem;
  }
}

type Raw = Readonly<Record<string, unknown>>;

/**
 * Parses a policy document by the grammar of the IAM user guide ("Grammar of the IAM JSON policy language"): strict about what IAM
 * refuses, tolerant of what it stores (single values for lists, any case of an action, services nobody knows). Throws `PolicyError`.
 */
export function parsePolicy(document: unknown, kind: PolicyKind, name: string): Policy {
  const raw = objectAt(typeof document === 'string' ? fromText(document) : document, 'policy');
  for (const key in raw)
    if (key !== 'Version' && key !== 'Id' && key !== 'Statement')
      throw new PolicyError('policy', `unknown element \`${key}\``);
  const version = raw['Version'] ?? '2008-10-17'; // the default of a document without one
  if (version !== '2012-10-17' && version !== '2008-10-17')
    throw new PolicyError('Version', `not a policy version: \`${String(version)}\``);
  if (raw['Id'] !== undefined && typeof raw['Id'] !== 'string') throw new PolicyError('Id', 'not a text');
  const given = raw['Statement'];
  const list = Array.isArray(given) ? given : [given];
  if (given === undefined || list.length === 0) throw new PolicyError('Statement', 'the policy has no statement');
  const statements = list.map((it, index) => parseStatement(it, index, kind, version === '2012-10-17'));
  return { name, statements };
}

function fromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PolicyError('policy', `not JSON (${(error as Error).message})`);
  }
}

function objectAt(value: unknown, place: string): Raw {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new PolicyError(place, 'not a JSON object');
  return value as Raw;
}

const elements = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);

function parseStatement(value: unknown, index: number, kind: PolicyKind, variables: boolean): Statement {
  const place = `Statement[${index}]`;
  const raw = objectAt(value, place);
  for (const key in raw) if (!elements.has(key)) throw new PolicyError(place, `unknown element \`${key}\``);
  const { Effect: effect, Sid: sid } = raw;
  if (effect !== 'Allow' && effect !== 'Deny') throw new PolicyError(`${place}.Effect`, 'neither Allow nor Deny');
  if (sid !== undefined && typeof sid !== 'string') throw new PolicyError(`${place}.Sid`, 'not a text');
  const notAction = oneOf(raw, 'Action', 'NotAction', place);
  const notResource = oneOf(raw, 'Resource', 'NotResource', place);
  const notPrincipal = oneOf(raw, 'Principal', 'NotPrincipal', place);
  const principals = raw[notPrincipal ? 'NotPrincipal' : 'Principal'];
  checkPrincipal(principals !== undefined, kind, place);
  return {
    effect,
    sid: sid ?? null,
    index,
    actions: actionsIn(raw[notAction ? 'NotAction' : 'Action'], `${place}.${notAction ? 'NotAction' : 'Action'}`),
    notAction,
    resources: resourcesIn(raw[notResource ? 'NotResource' : 'Resource'], kind, `${place}.Resource`),
    notResource,
    principals: principals === undefined ? null : principalsIn(principals, `${place}.Principal`),
    notPrincipal,
    conditions: conditionsIn(raw['Condition'], `${place}.Condition`),
    variables,
  };
}

/** Which of two forms a statement uses: true for the `Not` form. It may not use both. */
function oneOf(raw: Raw, plain: string, negated: string, place: string): boolean {
  if (raw[negated] === undefined) return false;
  if (raw[plain] !== undefined) throw new PolicyError(place, `has both ${plain} and ${negated}`);
  return true;
}

/** Kinds that stand on the side of the resource. The principal of an RCP is always everyone, so one may leave it out. */
const forAnyone: ReadonlySet<PolicyKind> = new Set(['rcp', 'resource', 'trust']);

function checkPrincipal(given: boolean, kind: PolicyKind, place: string): void {
  if (given && !forAnyone.has(kind))
    throw new PolicyError(place, 'names a principal, which only policies of resources may');
  if (!given && forAnyone.has(kind) && kind !== 'rcp') throw new PolicyError(place, 'names no principal');
}

function textsIn(value: unknown, place: string): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) throw new PolicyError(place, 'neither a text nor a list of texts');
  for (const it of value)
    if (typeof it !== 'string') throw new PolicyError(place, 'holds something that is not a text');
  return value;
}

function actionsIn(value: unknown, place: string): readonly string[] {
  if (value === undefined) throw new PolicyError(place, 'the statement has no actions');
  const actions = textsIn(value, place);
  if (actions.length === 0) throw new PolicyError(place, 'the statement has no actions');
  for (const action of actions)
    if (!isAction(action)) throw new PolicyError(place, `not \`service:Action\`: \`${action}\``);
  return actions;
}

/** `*`, or a service prefix and a name around exactly one colon. */
function isAction(text: string): boolean {
  const colon = text.indexOf(':');
  if (colon < 0) return /^\*+$/.test(text);
  if (colon === 0 || colon === text.length - 1 || text.indexOf(':', colon + 1) >= 0) return false;
  for (let at = 0; at < colon; at++) if (!isPrefixCode(text.charCodeAt(at))) return false;
  return true;
}

/** Letters, digits, `-`, `.`, `_` and wildcards make a service prefix. */
const isPrefixCode = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x30 && code <= 0x39) ||
  code === 0x2d ||
  code === 0x2e ||
  code === 0x5f ||
  code === 0x2a ||
  code === 0x3f;

function resourcesIn(value: unknown, kind: PolicyKind, place: string): readonly string[] | null {
  if (value === undefined) {
    if (forAnyone.has(kind)) return null; // the resource is the one that carries the policy
    throw new PolicyError(place, 'the statement has no resources');
  }
  const withNull = Array.isArray(value) && value.includes(null); // IAM stores a null among resources and reads past it
  const resources = textsIn(withNull ? value.filter((it) => it !== null) : value, place);
  if (resources.length === 0) throw new PolicyError(place, 'the statement has no resources');
  for (const resource of resources) {
    const problem = resource === '*' ? null : resourceProblem(resource, kind);
    if (problem !== null) throw new PolicyError(place, problem);
  }
  return resources;
}

const vague = /[*?$]/;
const any = '*';
const partition = /^aws[a-z0-9-]*$/;
/** What an ARN of IAM may name, by its first word. */
const iamResources =
  /^(user|federated-user|role|group|instance-profile|mfa|u2f|server-certificate|policy|sms-mfa|saml-provider|oidc-provider|context-provider|report|access-report|assumed-role|delegation-request)\/|^root$/;

/** Kinds whose resources IAM itself checks; of the others a name that nothing bears is kept, and matches nothing. */
const checkedByIam: ReadonlySet<PolicyKind> = new Set(['identity', 'boundary', 'session']);

/** What is wrong with a resource: AWS takes `*` or an ARN with a service; IAM one of a known partition, and of its own kinds. */
function resourceProblem(resource: string, kind: PolicyKind): string | null {
  if (resource.startsWith('arn:aws:') && resource[8] !== ':' && !resource.startsWith('iam:', 8)) return null;
  if (/[*$]/.test(resource.slice(0, 4))) return null; // a `*` or variable stands for the beginning; a `?` for no more than one letter
  if (resource.startsWith('<') && resource.endsWith('>')) return null; // a name that a template left open: kept, matches nothing
  if (!resource.startsWith('arn:')) return `neither \`*\` nor an ARN: \`${resource}\``;
  const [, section = '', service, , , ...rest] = resource.replace(/\$\{[^}]*\}/g, any).split(':'); // a variable holds colons of its own
  if (service === '') return `an ARN without a service: \`${resource}\``;
  if (!checkedByIam.has(kind)) return null;
  if (!partition.test(section) && !vague.test(section)) return `no partition of AWS: \`${section}\``;
  if (service !== 'iam' || rest.length === 0) return null;
  const named = rest.join(':');
  const first = named.split('/')[0] ?? '';
  return vague.test(first) || iamResources.test(named) ? null : `no resource of IAM: \`${resource}\``;
}

const principalKinds = { AWS: 'aws', Service: 'service', Federated: 'federated', CanonicalUser: 'canonical' } as const;

function principalsIn(value: unknown, place: string): Principals {
  const none = { everyone: false, aws: [], service: [], federated: [], canonical: [] };
  if (value === '*') return { ...none, everyone: true };
  const raw = objectAt(value, place);
  const found: { -readonly [Kind in keyof Principals]: Principals[Kind] } = { ...none };
  for (const key in raw) {
    const kind = principalKinds[key as keyof typeof principalKinds];
    if (kind === undefined) throw new PolicyError(place, `no kind of principal: \`${key}\``);
    found[kind] = textsIn(raw[key], `${place}.${key}`);
  }
  found.everyone = found.aws.includes('*');
  return found;
}

const noConditions: readonly Condition[] = [];

function conditionsIn(value: unknown, place: string): readonly Condition[] {
  if (value === undefined) return noConditions;
  const conditions: Condition[] = [];
  const raw = objectAt(value, place);
  for (const written in raw) {
    const keys = objectAt(raw[written], `${place}.${written}`);
    for (const key in keys) {
      const use = operatorUse(written);
      if (use === null) throw new PolicyError(place, `no condition operator: \`${written}\``);
      const values = valuesIn(keys[key], `${place}.${written}.${key}`);
      if (use.operator?.name.startsWith('Date')) checkDates(values, `${place}.${written}.${key}`);
      const { operator, set, ifExists } = use;
      conditions.push({ operator, set, ifExists, written, key: key.toLowerCase(), values });
    }
  }
  return conditions;
}

function valuesIn(value: unknown, place: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  let texts = true;
  for (const it of list) {
    if (typeof it === 'string') continue;
    if (typeof it !== 'number' && typeof it !== 'boolean')
      throw new PolicyError(place, 'a value that is no text, number or truth value');
    texts = false;
  }
  return texts ? (list as readonly string[]) : list.map(String);
}

const epoch = /^[+-]?\d{1,18}$/;
const iso =
  /^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?|\d\d)(t(\d\d(:\d\d(:\d\d(\.\d{1,9})?)?)?(z|[+-]\d\d(:?\d\d)?)?)?)?$/i;

/** IAM refuses a date that is neither ISO 8601 nor a count of seconds. */
function checkDates(values: readonly string[], place: string): void {
  for (const value of values)
    if (!epoch.test(value) && !iso.test(value) && !value.includes('${'))
      throw new PolicyError(place, `not a date: \`${value}\``);
}
