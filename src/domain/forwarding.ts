import type { ByRegion } from './account-settings.ts';
import { type AccountId, accountId, isRegion, type Region } from './ids.ts';
import type { Reading } from './reading.ts';

// Where recorded events go on to, and who is told. By the ARN of a log group or by Region.

/** A pattern of a log group. */
interface LogFilter {
  readonly name: string;
  readonly pattern: string;
  /** What decides besides the pattern and is not judged: a log transformer, a selection by system fields. Null: nothing. */
  readonly besides: string | null;
}

/** A metric filter of a log group: the pattern, and the metrics it counts into. */
export interface MetricFilter extends LogFilter {
  readonly metrics: readonly MetricName[];
}

export interface MetricName {
  readonly namespace: string;
  readonly name: string;
}

/** A subscription filter: what matches goes to the destination as it comes. */
export interface SubscriptionFilter extends LogFilter {
  readonly destination: string;
}

/** A subscription filter policy: a subscription filter of all log groups of an account and Region but some. */
export interface SubscriptionPolicy {
  readonly name: string;
  /** Null: its document cannot be read. */
  readonly sends: { readonly pattern: string; readonly destination: string } | null;
  /** Names of the log groups it leaves out. Null: its selection criteria cannot be read. */
  readonly leavesOut: readonly string[] | null;
}

/** What reads a log group. */
export interface LogRoutes {
  readonly filters: Reading<readonly MetricFilter[]>;
  readonly subscriptions: Reading<readonly SubscriptionFilter[]>;
  /** Of the whole account, in the Region of the log group. */
  readonly policies: Reading<readonly SubscriptionPolicy[]>;
}
export type LogRoutesByArn = Readonly<Record<string, LogRoutes>>;

/** A CloudWatch alarm: the metrics it watches, or for a composite one the rule over others. */
export interface Alarm {
  readonly name: string;
  readonly metrics: readonly MetricName[];
  /** Null: no composite alarm. */
  readonly rule: string | null;
  readonly actionsEnabled: boolean;
  /** What it does once it goes off. */
  readonly actions: readonly string[];
}

/** An EventBridge rule of one event bus, with its targets. */
export interface EventRule {
  readonly name: string;
  /** Null: it runs on a schedule. */
  readonly pattern: string | null;
  /** AWS's own word: ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS. */
  readonly state: string;
  readonly targets: Reading<readonly string[]>;
}

/** Where an event bus is. */
export interface EventBus {
  readonly account: AccountId;
  readonly region: Region;
  readonly name: string;
}

/** The bus on which AWS puts what CloudTrail records. */
export const defaultBus = 'default';

/** The event bus that an ARN names; null for anything else. */
export function eventBusOf(arn: string): EventBus | null {
  const [, region = '', account = '', name = ''] =
    /^arn:[^:]*:events:([^:]*):(\d{12}):event-bus\/(.+)$/.exec(arn) ?? [];
  return isRegion(region) ? { account: accountId(account), region: region as Region, name } : null;
}

/** Everything that an account forwards events by. */
export interface ForwardingFacts {
  /** Log groups that its own trails write to. */
  readonly groups: LogRoutesByArn;
  /** Alarms where such a log group has a metric filter. */
  readonly alarms: ByRegion<readonly Alarm[]>;
  /** Rules of the default bus. */
  readonly rules: ByRegion<readonly EventRule[]>;
  /** Rules of the account's other buses that a rule of a default bus sends events to, by the ARN of the bus. */
  readonly buses: Readonly<Record<string, Reading<readonly EventRule[]>>>;
}

/** The same of the organisation's trails, read once where they live. */
export type SharedForwarding = Pick<ForwardingFacts, 'groups' | 'alarms'>;
