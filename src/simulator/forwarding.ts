import type { AccountId, Region } from '../domain/ids.ts';

// What a simulated account forwards its events by.

export interface SimulatedLogGroup {
  readonly name: string;
  readonly region: Region;
  /** Metric filters by name: the pattern; each counts into the metric of its name. */
  readonly filters: Readonly<Record<string, string>>;
  /** Subscription filters by name, all to a delivery stream. */
  readonly subscriptions: Readonly<Record<string, string>>;
}

/** A subscription policy of the account, to a delivery stream. */
export interface SimulatedPolicy {
  readonly name: string;
  readonly region: Region;
  readonly pattern: string;
  /** Log groups it leaves out. */
  readonly leavesOut: readonly string[];
}

export interface SimulatedAlarm {
  readonly name: string;
  readonly region: Region;
  /** The metric filter whose metric it watches. */
  readonly filter: string;
  readonly actionsEnabled: boolean;
}

export interface SimulatedRule {
  readonly name: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  /** ARNs, with `REGION` and `ACCOUNT` for those of the rule. */
  readonly targets: readonly string[];
}

/** A bus besides the default one. */
export interface SimulatedBus {
  readonly name: string;
  readonly rules: readonly SimulatedRule[];
}

export interface SimulatedForwarding {
  readonly groups: readonly SimulatedLogGroup[];
  readonly policies: readonly SimulatedPolicy[];
  readonly alarms: readonly SimulatedAlarm[];
  /** Of the default bus, in every Region. */
  readonly rules: readonly SimulatedRule[];
  /** In every Region. */
  readonly buses: readonly SimulatedBus[];
}

export const metricNamespace = 'AI';

export const logGroupArn = (account: AccountId, { region, name }: Pick<SimulatedLogGroup, 'region' | 'name'>): string =>
  `arn:aws:logs:${region}:${account}:log-group:${name}:*`;
