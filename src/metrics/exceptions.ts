import type { Worse } from '../domain/share.ts';
import type { Items, Metric, Place } from './define.ts';

/**
 * The controls whose findings are about the members of a figure, by figure; of a guardrail's by its prefix. Where exceptions cover all that
 * they have against a member, it counts as excepted there too. A figure that is not here is judged by no control, and has none.
 */
export const judgedBy: Readonly<Record<string, readonly string[]>> = {
  'agent.confused-deputy-rate': ['service-trust-source', 'oidc-trust-subject'],
  'credential.ai-key-user-rate': ['long-term-ai-keys'],
  'credential.stale-user-rate': ['unused-credentials'],
  'guardrail.coverage': ['guardrail-enforcement'],
  'identity.unused-rate': ['unused-identities'],
  'logging.ai-data-event-coverage': ['ai-data-events'],
  'logging.management-coverage': ['management-events'],
  // An identity that lies unused by agreement leaves its sensitive permissions unused by the same.
  'permission.unused-sensitive-identity-rate': ['unused-identities'],
  'permission.unused-sensitive-pair-rate': ['unused-identities'],
};

/** What findings call an item: the resource that they are about. */
const subjects: { readonly [Over in keyof Items]?: (item: Items[Over]) => string | null } = {
  identities: ({ arn }) => arn,
  holdings: ({ arn }) => arn,
  pairs: ({ unusedArn }) => unusedArn,
  users: ({ arn }) => arn,
  agents: ({ arn }) => arn,
  cells: ({ region }) => region,
  guardrails: ({ guardrail }) => guardrail,
};

/** Whether exceptions cover all that some controls have against a resource of the account. */
export type Covers = (controls: readonly string[], resource: string) => boolean;

/** On which side of a figure its members are worse off. */
export const badSide = (worse: Worse): Place => (worse === 'higher' ? 'in' : 'out');

/** Whether exceptions cover an item of a figure. */
export function isExcepted({ id, over }: Metric, item: Items[keyof Items], covers: Covers): boolean {
  const controls = judgedBy[id.split(':')[0] ?? id];
  const subject = (subjects[over] as ((item: Items[keyof Items]) => string | null) | undefined)?.(item) ?? null;
  return controls !== undefined && subject !== null && covers(controls, subject);
}
