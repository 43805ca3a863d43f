import type { AccountFacts, NamedPolicy, PolicyDocument } from '../domain/facts.ts';
import { isServiceLinked } from '../domain/identity.ts';
import { itemsOf, known, type Reading, unknown } from '../domain/reading.ts';
import { PolicyError, parsePolicy } from '../iam/parse.ts';
import { type Policy, type PolicyKind, type Statement, statementName } from '../iam/policy.ts';
import { coversAction } from '../iam/statement.ts';
import type { Population } from './define.ts';
import { unreadOf } from './populations.ts';
import type { AccountSubject } from './subject.ts';
import { fail, pass, type Verdict } from './verdict.ts';

const operation = 'iam:GetAccountAuthorizationDetails';
const place = { region: 'global', operation };

/** A policy that gives somebody rights: a managed one that is attached, or an inline one. */
export interface GrantingPolicy {
  readonly id: string;
  readonly document: Reading<PolicyDocument>;
  /** ARNs of the users, roles and groups that hold it. */
  readonly holders: readonly string[];
  /** Made by AWS: it can be detached, not changed. */
  readonly ofAws: boolean;
}

interface Owner {
  readonly arn: string;
  readonly inline: readonly NamedPolicy[];
  readonly attached: readonly string[];
}

/** Whoever can hold policies: users, groups and roles, but for the roles of AWS's own services. */
export function ownersIn({ authorization: { users, groups, roles } }: AccountFacts): Owner[] {
  return [...itemsOf(users), ...itemsOf(groups), ...itemsOf(roles).filter(({ path }) => !isServiceLinked(path))];
}

/** Every policy that gives somebody rights in the account. */
export const grantingPolicies: Population<AccountSubject, GrantingPolicy> = {
  scope: 'account',
  type: 'policy',
  nobody: 'no policy is attached to anybody',
  list: ({ facts }) => {
    const { users, groups, roles, policies } = facts.authorization;
    const owners = ownersIn(facts);
    const documents = new Map(policies.kind === 'known' ? policies.value.map((it) => [it.arn, it.document]) : []);
    const managed = Map.groupBy(
      owners.flatMap(({ arn, attached }) => attached.map((policy) => ({ arn, policy }))),
      ({ policy }) => policy,
    );
    return {
      items: [
        ...[...managed].map(
          ([id, holders]): GrantingPolicy => ({
            id,
            document:
              documents.get(id) ?? unknown({ code: 'NOT_IN_SNAPSHOT', operation: `${operation} policy ${id}` }, place),
            holders: holders.map(({ arn }) => arn),
            ofAws: id.split(':')[4] === 'aws',
          }),
        ),
        ...owners.flatMap(({ arn, inline }) =>
          inline.map(
            ({ name, document }): GrantingPolicy => ({
              id: `${arn}/inline/${name}`,
              document,
              holders: [arn],
              ofAws: false,
            }),
          ),
        ),
      ],
      unread: unreadOf([users, groups, roles, policies]),
    };
  },
  resource: ({ id }) => id,
};

const kept = new WeakMap<PolicyDocument, Reading<Policy>>();

/** A policy document, parsed once; one that IAM would refuse is unknown. */
export function parsed(
  document: Reading<PolicyDocument>,
  name: string,
  kind: PolicyKind = 'identity',
): Reading<Policy> {
  if (document.kind === 'unknown') return document;
  const there = kept.get(document.value);
  if (there !== undefined) return there;
  const policy = parsedNow(document.value, name, kind);
  kept.set(document.value, policy);
  return policy;
}

function parsedNow(document: PolicyDocument, name: string, kind: PolicyKind): Reading<Policy> {
  try {
    return known(parsePolicy(document, kind, name), null);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return unknown({ code: 'UNPARSABLE', file: name, place: error.place, problem: error.problem }, place);
  }
}

const everything = /^\*+(:\*+)?$/;

/** Allows on every resource. */
const onEverything = ({ effect, resources, notResource }: Statement): boolean =>
  effect === 'Allow' && !notResource && (resources ?? []).some((resource) => /^\*+$/.test(resource));

/** Allows every action on every resource, whatever the condition. */
export const isFullAdmin = (statement: Statement): boolean =>
  onEverything(statement) && !statement.notAction && statement.actions.some((action) => everything.test(action));

/** Allows every action of one service on every resource, by name: `cloudtrail:*`. */
const isFullOf = (statement: Statement, service: string): boolean =>
  onEverything(statement) &&
  !statement.notAction &&
  statement.actions.some((action) => new RegExp(`^${service}:\\*+$`, 'i').test(action));

/** A policy that allows everything of one service fails; `name` is the service's in print. */
export function judgeFullOf(
  { statements }: Policy,
  { holders, ofAws }: GrantingPolicy,
  service: string,
  name: string,
): Verdict {
  const found = statements.filter((statement) => isFullOf(statement, service));
  const evidence = { holders: some(holders), ofAws };
  return found.length === 0
    ? pass(`does not allow everything in ${name}`, evidence)
    : fail(`allows every action of ${name} on every resource`, { ...evidence, statements: found.map(statementName) });
}

/** A policy made by AWS can only be taken away; one's own can be cut down. */
export const trimOrDetach = ({ ofAws }: GrantingPolicy): { readonly text: string } => ({
  text: ofAws
    ? 'Detach the policy of AWS and attach one that allows what is used'
    : 'Allow only what is used: `assay can` shows what the holders reach',
});

/** A policy that allows one action on every resource without a condition fails; full administration has a control of its own. */
export function judgeAnywhere({ statements }: Policy, { holders, ofAws }: GrantingPolicy, action: string): Verdict {
  const found = statements.filter(
    (statement) =>
      onEverything(statement) &&
      statement.conditions.length === 0 &&
      !isFullAdmin(statement) &&
      coversAction(statement, action.toLowerCase()),
  );
  const evidence = { holders: some(holders), ofAws };
  return found.length === 0
    ? pass(`does not allow ${action} on every resource`, evidence)
    : fail(`allows ${action} on every resource`, { ...evidence, statements: found.map(statementName) });
}

/** The first of many, for evidence. */
export const some = (names: readonly string[]): readonly string[] => names.slice(0, 20);

/** ARNs of whoever holds one of AWS's managed policies; unknown as long as one list of holders is. */
export function holdersOf(facts: AccountFacts, policies: readonly string[]): Reading<readonly string[]> {
  const { users, groups, roles } = facts.authorization;
  const [hidden] = unreadOf([users, groups, roles]);
  const holders = ownersIn(facts)
    .filter(({ attached }) => attached.some((arn) => policies.some((name) => arn.endsWith(`:aws:policy/${name}`))))
    .map(({ arn }) => arn);
  return hidden ?? known(holders, null);
}
