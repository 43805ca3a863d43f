import type { AuthorizationDetails, NamedPolicy, PolicyDocument, RoleFact, UserFact } from '../domain/facts.ts';
import type { Reading } from '../domain/reading.ts';
import { parsePolicy } from '../iam/parse.ts';
import type { Statement } from '../iam/policy.ts';

/** A statement as it is written in a policy document. */
export type WrittenStatement = Readonly<Record<string, unknown>>;

/** One statement that an identity holds today: as written, as the policy engine reads it, and where it stands. */
export interface Grant {
  /** The ARN of a managed policy, the name of an inline one, with its group where it is a group's. */
  readonly policy: string;
  readonly statement: Statement;
  readonly written: WrittenStatement;
}

/** What a new policy would take the place of. */
export interface Replaced {
  readonly inline: readonly string[];
  readonly attached: readonly string[];
  readonly groups: readonly string[];
}

/** Every statement of an identity's own policies and of its groups'. All of them were read: `IdentityHolder.nominalUnread` is null. */
export function grantsOf(identity: UserFact | RoleFact, { groups, policies }: AuthorizationDetails): Grant[] {
  const documents = new Map(
    policies.kind === 'known' ? policies.value.map(({ arn, document }) => [arn, document]) : [],
  );
  const managed = (arn: string): Grant[] => statementsIn(arn, documents.get(arn));
  const inline = ({ name, document }: NamedPolicy, owner = ''): Grant[] => statementsIn(`${owner}${name}`, document);
  const own = [...identity.inline.flatMap((policy) => inline(policy)), ...identity.attached.flatMap(managed)];
  if (!('groups' in identity) || groups.kind === 'unknown') return own;
  const joined = groups.value.filter(({ name }) => identity.groups.includes(name));
  return [
    ...own,
    ...joined.flatMap((group) => [
      ...group.inline.flatMap((policy) => inline(policy, `group ${group.name}: `)),
      ...group.attached.flatMap(managed),
    ]),
  ];
}

export const replacedBy = (identity: UserFact | RoleFact): Replaced => ({
  inline: identity.inline.map(({ name }) => name),
  attached: identity.attached,
  groups: 'groups' in identity ? identity.groups : [],
});

function statementsIn(policy: string, document: Reading<PolicyDocument> | undefined): Grant[] {
  if (document?.kind !== 'known') throw new TypeError(`the document of ${policy} was not read`);
  const { Statement: given } = document.value;
  const written = (Array.isArray(given) ? given : [given]) as WrittenStatement[];
  const { statements } = parsePolicy(document.value, 'identity', policy);
  return statements.map((statement) => ({ policy, statement, written: written[statement.index] ?? {} }));
}
