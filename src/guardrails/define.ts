import type { AccountId } from '../domain/ids.ts';

/** A set of requests of any principal of an account that must all be denied: one action on any resource of a pattern. */
export interface Probe {
  readonly action: string;
  /** `*`, or an ARN pattern of the account's own resources. */
  readonly resource: string;
  /** Context keys that make the request what it is. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** Keys that these requests do not carry. */
  readonly absent: readonly string[];
  /** Where one value of a key stands for many. `from`: those that must be denied as well, of the values that policies compare the key with. */
  readonly alike?: {
    readonly key: string;
    readonly from: (named: readonly string[]) => readonly (string | readonly string[])[];
  };
}

/** What a guardrail is proven for. */
export interface Guarded {
  readonly account: AccountId;
  /** Its partition; undefined = not known, and taken to be `aws`. */
  readonly partition?: string | undefined;
  /** Days after which an AI key must expire. */
  readonly maxKeyAgeDays: number;
  /** Audiences that outbound tokens may be made for. */
  readonly allowedAudiences: readonly string[];
}

/** Who keeps a right that a closing statement takes from everybody else. */
export type Spares =
  /** Principals that used the action in the window, or its service where AWS tracks no more. */
  | { readonly who: 'users-of-it' }
  /** Of those the users who hold an AI API key: nobody else can make such a request. `others`: why the rest lose nothing. */
  | { readonly who: 'key-holders'; readonly others: string }
  /** The action stays open for everything else. `why`: in words for whoever uses it. */
  | { readonly who: 'nobody'; readonly why: string };

/** A Deny that closes some of a guardrail's requests in any account: what an SCP that is to be attached is made of. */
export interface Closing {
  /** Of the statement. Closings of one Sid may differ in `resource` or in `value.is`, and become one statement. */
  readonly sid: string;
  /** Each closes requests of its own; one whose requests are stopped already is left out. */
  readonly actions: readonly string[];
  /** How all of the actions together may be written. */
  readonly all?: string;
  /** `*` where nothing else is said. */
  readonly resource?: string;
  /** What a request must carry. */
  readonly value?: { readonly operator: string; readonly key: string; readonly is: string };
  /** Conditions beside that, as the policy writes them. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A guardrail: the requests that must be denied to everybody but the principals it exempts (design §4). The folder is its id. */
export interface Guardrail {
  readonly id: string;
  /** Raised when the set of requests changes. */
  readonly version: number;
  /** The good state, as a sentence. */
  readonly title: string;
  probes(guarded: Guarded): readonly Probe[];
  /** Requests that come near it and are shown, not counted. `what`: what they do, in words. */
  readonly beside?: { readonly what: string; probes(guarded: Guarded): readonly Probe[] };
  readonly spares: Spares;
  /** Together they close every probe. */
  closings(settings: Omit<Guarded, 'account'>): readonly Closing[];
}

export const defineGuardrail = (guardrail: Guardrail): Guardrail => guardrail;

/** A probe from what it does not leave at its default. */
export const probe = (action: string, resource: string, more: Partial<Probe> = {}): Probe => ({
  action,
  resource,
  context: {},
  absent: [],
  ...more,
});
