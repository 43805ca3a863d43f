import type { ForwardingRow } from '../domain/forwarding-table.ts';
import { explainGap } from '../domain/gap.ts';
import type { Reading } from '../domain/reading.ts';
import type { LoggingRow } from '../domain/tables.ts';
import type { Match } from './metric-pattern.ts';

// What the routes of an event class are made of, whatever they lead through.

/** A place where events of a class go, and what that makes of them. */
export type Route = ForwardingRow['routes'][number] &
  Spot & {
    readonly leads: 'monitored' | 'forwarded' | 'stored';
    /** What it lacks to lead further: what `command` of the row adds. */
    readonly lacks: Lack | null;
  };

/** From what is nearly there to what is not begun. `enabled-target`: a rule is off, and has nobody to tell either. */
export const lacks = [
  'action',
  'alarm',
  'target',
  'enabled',
  'enabled-target',
  'filter',
  'log-group',
  'selectors',
  'trail',
] as const;
export type Lack = (typeof lacks)[number];

/** What is changed to lead further: a log group or trail by its ARN, a rule by its name; the account and the Region that have it. */
export interface Spot {
  readonly of: string;
  readonly account: string;
  readonly region: string;
}

/** Every route of one cell, and why there may be others. */
export interface Routes {
  readonly found: readonly Route[];
  readonly doubts: readonly string[];
}

export const only = (...found: Route[]): Routes => ({ found, doubts: [] });
export const doubt = (...doubts: string[]): Routes => ({ found: [], doubts });
export const together = (parts: readonly Routes[]): Routes => ({
  found: parts.flatMap(({ found }) => found),
  doubts: parts.flatMap(({ doubts }) => doubts),
});
export const place = (
  kind: Route['kind'],
  name: string,
  { of, account, region }: Spot,
  to: readonly string[] = [],
) => ({
  kind,
  name,
  ...{ of, account, region },
  to: [...to],
});
/** A log group, trail or store: where it is, its ARN says. */
export const spotOf = (arn: string): Spot => {
  const [, , , region = '', account = ''] = arn.split(':');
  return { of: arn, account, region };
};

/**
 * Services that exist to tell people, as an alarm's action or a rule's target: topics (SNS), response plans (Incident Manager, which engages
 * contacts), chats (Amazon Q Developer in chat applications), notification configurations (User Notifications).
 */
const tellsPeople = (arn: string): boolean => /^arn:[^:]*:(sns|ssm-incidents|chatbot|notifications):/.test(arn);
/** Actions on machines alone: an alarm's on EC2 instances and scaling groups, a rule's calls of EC2 (`target/stop-instance`). */
const actsOnMachines = (arn: string): boolean =>
  /^arn:[^:]*:((automate|swf|autoscaling):|events:[^:]*:\d*:target\/)/.test(arn);

/**
 * Where actions of an alarm or targets of a rule lead (CloudWatch API reference, "PutMetricAlarm", AlarmActions; EventBridge user guide, "Event
 * bus targets"). What is neither of the two above, such as a function, an OpsItem, an investigation or a stream, may tell somebody: `forwarded`.
 */
export function leadOf(arns: readonly string[]): Route['leads'] {
  if (arns.some(tellsPeople)) return 'monitored';
  return arns.every(actsOnMachines) ? 'stored' : 'forwarded';
}

/** Each item of a list that was read; else why not. */
export const through = <T>(
  list: Reading<readonly T[]> | undefined,
  follow: (items: readonly T[]) => readonly Routes[],
): Routes => {
  if (list === undefined) return doubt('a list was not asked for');
  return list.kind === 'unknown' ? doubt(explainGap(list.gap)) : together(follow(list.value));
};

/** Patterns are judged once per class, not per account and Region, unless they look at a field that names one; terms look at all fields. */
const looksAtPlace = (text: string): boolean => !text.includes('{') || /region|account|arn/i.test(text);
const kept = new Map<string, Match>();
const keptAtMost = 20_000;

/** What a pattern comes to for a class, judged the first time that it is asked. */
export function judgedOnce(kind: string, text: string, cell: LoggingRow, judge: () => Match): Match {
  const placed = looksAtPlace(text) ? `${cell.account} ${cell.region}` : '';
  const key = `${kind} ${cell.eventClass} ${placed} ${text}`;
  const there = kept.get(key);
  if (there !== undefined) return there;
  const match = judge();
  if (kept.size > keptAtMost) kept.clear();
  kept.set(key, match);
  return match;
}
