import type {
  AuthorizationDetails,
  LastAccessedReport,
  NamedPolicy,
  PolicyDocument,
  RoleFact,
  UserFact,
} from '../../src/domain/facts.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { type Decision, evaluate } from '../../src/iam/evaluate.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import type { Policy } from '../../src/iam/policy.ts';
import { requestOf } from '../../src/iam/request.ts';
import { holdersOf } from '../../src/judge/holders.ts';
import { leastPrivilege, type NotProposed, type Proposal } from '../../src/least-privilege/propose.ts';
import { account, noShared, planned, read, role, window } from '../support/facts.ts';

export type Report = Reading<LastAccessedReport> | undefined;

/** What comes of one identity, in an account that holds it and these managed policies and groups. */
export function proposedFor(
  fact: UserFact | RoleFact,
  report: Report,
  more: Partial<AuthorizationDetails> = {},
): Proposal | NotProposed {
  const mine = 'groups' in fact ? { users: read([fact]), roles: read([]) } : { users: read([]), roles: read([fact]) };
  const authorization = { groups: read([]), policies: read([]), ...mine, ...more };
  const [holder] = holdersOf({ authorization }, noShared, planned);
  if (holder === undefined) throw new Error('no holder');
  return leastPrivilege({ holder, fact, authorization, report }, window);
}

/** A role with one inline policy per list of statements. */
export const roleWith = (...policies: readonly (readonly object[])[]): RoleFact =>
  role('app', null, {
    inline: policies.map((statements, at) => named(`p${at}`, { Version: '2012-10-17', Statement: statements })),
  });

export const named = (name: string, document: PolicyDocument): NamedPolicy => ({ name, document: read(document) });

/** The proposal itself; a test that gets none is wrong. */
export function proposed(result: Proposal | NotProposed): Proposal {
  if ('unread' in result) throw new Error(JSON.stringify(result));
  return result;
}

/** Every Allow of the new policies as one list of actions. */
export const allowedBy = ({ policies }: Proposal): string[] =>
  policies.flatMap(({ document }) =>
    document.Statement.flatMap(({ Effect, Action }) => (Effect === 'Allow' ? ([Action].flat() as string[]) : [])),
  );

export const policiesOf = ({ policies }: Proposal): Policy[] =>
  policies.map(({ document }, at) => parsePolicy(document, 'identity', `new ${at}`));

export const todays = ({ inline }: RoleFact): Policy[] =>
  inline.map(({ name, document }) => parsePolicy(document.kind === 'known' ? document.value : {}, 'identity', name));

/** Whether a role with these policies may do something. */
export function decided(
  identity: readonly Policy[],
  action: string,
  resource: string,
  context: Readonly<Record<string, string>> = {},
): Decision {
  const request = requestOf({ principal: role('app', null).arn, action, resource, resourceAccount: account, context });
  const layers = { identity, boundary: null, session: null, resource: null, scps: [], rcps: [] };
  return evaluate(request, layers).decision;
}
