import type { Frameworks } from '../catalogue/frameworks/index.ts';
import type { IdentityKind } from '../domain/identity.ts';
import { noShare, type Share, type Worse } from '../domain/share.ts';
import type {
  AccountRow,
  AgentRow,
  AgentWord,
  Basis,
  ForwardingRow,
  GuardrailRow,
  IdentityRow,
  LoggingRow,
  PairCounts,
  PairState,
  TakeoverRow,
} from '../domain/tables.ts';

/** An IAM user as the credential metrics see it. */
export interface UserItem {
  readonly arn: string;
  readonly kind: IdentityKind;
  readonly aiKey: 'yes' | 'no' | 'unread';
  /** Of all credentials the user holds: `none` where that is none, `fresh` where every one was used in the window or is new. */
  readonly staleness: 'none' | 'stale' | 'fresh' | 'unread' | 'untrackable';
}

/** The sensitive permissions that one identity of a counted kind holds on one basis; too-new identities have none here. */
export interface HoldingItem extends PairCounts {
  readonly arn: string;
  readonly kind: IdentityKind;
  readonly agent: AgentWord;
  readonly basis: Basis;
}

/**
 * Pairs of an identity and a sensitive permission, as many as `count`, that are alike. `class` null = whatever the class. Those of an
 * identity that was not used at all are counted by themselves, under its ARN.
 */
export interface PairItem {
  readonly unusedArn: string | null;
  readonly kind: IdentityKind;
  readonly agent: AgentWord;
  readonly basis: Basis;
  readonly class: string | null;
  readonly state: Exclude<PairState, 'too-new'>;
  readonly count: number;
}

/** Whether one identity of a counted kind could make an AI key, or call an AI service with one. */
export interface PowerItem {
  readonly kind: IdentityKind;
  readonly make: 'yes' | 'no' | 'unread';
  readonly call: 'yes' | 'no' | 'unread';
}

/** A role that an AI service may act as, or that may be one, and on whose behalf. */
export type AgentItem = Pick<AgentRow, 'arn' | 'kind' | 'deputy'>;

/** What a metric can count: the items of one account. */
export interface Items {
  readonly identities: IdentityRow;
  readonly holdings: HoldingItem;
  readonly pairs: PairItem;
  readonly users: UserItem;
  readonly powers: PowerItem;
  readonly cells: LoggingRow;
  readonly guardrails: GuardrailRow;
  readonly accounts: AccountRow;
  readonly agents: AgentItem;
  readonly takeovers: TakeoverRow;
  readonly forwarding: ForwardingRow;
}

/** Where one item belongs: in the numerator, only in the denominator, unknown (two ways), or not in this figure. */
export type Place = 'in' | 'out' | 'unread' | 'untrackable' | 'apart';

/** A published figure. The folder is its id; a metric only places one item, counting is shared. */
export interface Metric<Over extends keyof Items = keyof Items> {
  readonly id: string;
  /** Raised when the number's meaning changes: the trend then breaks its line. */
  readonly version: number;
  readonly unit: string;
  readonly worse: Worse;
  readonly over: Over;
  /** The populations that must have been enumerated, or the account counts as not measured for this figure. */
  readonly needs: readonly ('users' | 'roles' | 'regions' | 'chains')[];
  /** Whether the figure also exists per kind of identity. */
  readonly byKind: boolean;
  /** Whether the figure exists on nominal permissions too, and per class of sensitive permissions. */
  readonly byBasis?: true;
  readonly byClass?: true;
  /** Requirements of frameworks that it speaks to, where it does. */
  readonly frameworks?: Frameworks;
  readonly question: string;
  place(item: Items[Over]): Place;
}

export const defineMetric = <Over extends keyof Items>(metric: Metric<Over>): Metric<Over> => metric;

/** Counts places, each as often as its weight, into a share. */
export function countShare(places: readonly { readonly place: Place; readonly weight: number }[]): Share {
  const count = (place: Place): number => places.reduce((sum, it) => (it.place === place ? sum + it.weight : sum), 0);
  const numerator = count('in');
  const counted = {
    numerator,
    denominator: numerator + count('out'),
    untrackable: count('untrackable'),
    unread: count('unread'),
  };
  return { ...noShare, ...counted };
}
