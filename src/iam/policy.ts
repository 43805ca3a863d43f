import type { Condition } from './condition.ts';

/** Where a policy is used: decides which elements it must and must not have. */
export type PolicyKind = 'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'resource' | 'trust';

/** A `Principal` or `NotPrincipal` element, by kind; `everyone` is `*`. */
export interface Principals {
  readonly everyone: boolean;
  readonly aws: readonly string[];
  readonly service: readonly string[];
  readonly federated: readonly string[];
  readonly canonical: readonly string[];
}

/** One statement, its lists as written. `not…` tells which of the two forms (`Action`, `NotAction`) they come from. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly sid: string | null;
  /** Position in the document, from 0. */
  readonly index: number;
  readonly actions: readonly string[];
  readonly notAction: boolean;
  /** Null where the element is left out, as in a trust policy: then any resource. */
  readonly resources: readonly string[] | null;
  readonly notResource: boolean;
  /** Null where the element is left out, as in an identity policy: then whoever holds the policy. */
  readonly principals: Principals | null;
  readonly notPrincipal: boolean;
  readonly conditions: readonly Condition[];
  /** Whether policy variables are filled in: version 2012-10-17 only; an older document holds them as plain text. */
  readonly variables: boolean;
}

/** A parsed policy and the name it is known by. */
export interface Policy {
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** How a report names a statement: its Sid, else its position. */
export const statementName = ({ sid, index }: Statement): string => sid || `statement ${index + 1}`;
