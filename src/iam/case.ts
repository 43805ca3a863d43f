import { type Decision, decisions } from './evaluate.ts';
import { parsePolicy } from './parse.ts';
import type { Policy, PolicyKind } from './policy.ts';
import { type Layers, type Request, requestOf } from './request.ts';

/** A request and all the policies that speak on it, as one line of a case file holds them (design §4). */
export interface Case {
  /** As the case gives it; null where it gives none. */
  readonly id: string | number | null;
  readonly request: Request;
  readonly layers: Layers;
  /** What the author of the case expects, null where he asks. */
  readonly expected: Decision | null;
}

/** A case that is not of the documented form. */
export class CaseError extends Error {
  override readonly name = 'CaseError';
}

type Raw = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Raw => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Reads one case. Throws `CaseError` where it is not of the form, `PolicyError` where IAM would refuse a policy. */
export function readCase(value: unknown): Case {
  if (!isObject(value)) throw new CaseError('a case is a JSON object');
  const { request, policies } = value;
  if (!isObject(request)) throw new CaseError('the case has no `request`');
  if (!isObject(policies)) throw new CaseError('the case has no `policies`');
  return {
    id: idOf(value),
    request: readRequest(request),
    layers: {
      identity: named(policies['identity'], 'identity'),
      boundary: boundaryIn(policies['boundary']),
      session: single(policies['session'], 'session'),
      resource: single(policies['resource'], 'resource'),
      scps: levels(policies['scps'], 'scp', 'scps'),
      rcps: levels(policies['rcps'], 'rcp', 'rcps'),
    },
    expected: expectedIn(value['expected']),
  };
}

/** The id of what should be a case, for a line that cannot be read further. */
export function idOf(value: unknown): Case['id'] {
  const id = isObject(value) ? value['id'] : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

function expectedIn(value: unknown): Decision | null {
  if (isAbsent(value)) return null;
  const decision = decisions.find((it) => it === value);
  if (decision === undefined) throw new CaseError(`\`expected\` is not one of ${decisions.join(', ')}`);
  return decision;
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

function readRequest(raw: Raw): Request {
  const text = (key: string, fallback?: string): string => {
    const value = raw[key];
    if (typeof value === 'string') return value;
    if (isAbsent(value) && fallback !== undefined) return fallback;
    throw new CaseError(`\`request.${key}\` is not a text`);
  };
  const { context } = raw;
  if (!isAbsent(context) && !isObject(context)) throw new CaseError('`request.context` is not an object');
  return requestOf({
    principal: text('principal'),
    action: text('action'),
    resource: text('resource', '*'),
    resourceAccount: text('resourceAccount', ''),
    managementAccount: text('managementAccount', ''),
    context: (context ?? {}) as Raw,
  });
}

function listOf(value: unknown, place: string): readonly unknown[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) throw new CaseError(`\`policies.${place}\` is not a list`);
  return value;
}

const named = (value: unknown, kind: PolicyKind, place: string = kind): Policy[] =>
  listOf(value, place).map((entry, index) => policyIn(entry, kind, `${place}[${index}]`));

/** An empty list is no boundary: a boundary that is set always has a policy. */
function boundaryIn(value: unknown): Policy[] | null {
  const policies = named(value, 'boundary');
  return policies.length === 0 ? null : policies;
}

const levels = (value: unknown, kind: PolicyKind, place: string): Policy[][] =>
  listOf(value, place).map((level, index) => named(level, kind, `${place}[${index}]`));

const single = (value: unknown, kind: PolicyKind): Policy | null =>
  isAbsent(value) ? null : policyIn(value, kind, kind);

/** `{name, document}`, or the document alone. */
function policyIn(entry: unknown, kind: PolicyKind, place: string): Policy {
  if (!isObject(entry) || !('document' in entry)) return parsePolicy(entry, kind, place);
  return parsePolicy(entry['document'], kind, typeof entry['name'] === 'string' ? entry['name'] : place);
}
