import { classFields } from '../catalogue/ai-event-classes.ts';
import { partitionOf } from '../cloudtrail/classes.ts';
import { selectorFor, selectorJson } from '../cloudtrail/selector-json.ts';
import { quoted, quotedJson } from '../cloudtrail/shell.ts';
import type { ForwardingGrade, ForwardingRow } from '../domain/forwarding-table.ts';
import { samplesOf } from './ai-samples.ts';
import { type Lack, lacks, type Route } from './route-parts.ts';

/** A Region where a class is recorded and nobody is told, with what its events lead through there. */
export interface OpenRegion {
  readonly region: string;
  readonly found: readonly Route[];
}

interface Judged {
  readonly account: string;
  readonly eventClass: string;
  readonly grade: ForwardingGrade;
  /** The worst first. */
  readonly open: readonly OpenRegion[];
  /** The classes of the account that event data stores record: a trail for one of them takes all. */
  readonly stored: readonly string[];
}

type Told = Pick<ForwardingRow, 'missing' | 'target' | 'runIn' | 'command'>;

/** One way to tell somebody: what it changes, in which account and Region, and the command for any Region. */
interface Piece {
  readonly missing: string;
  readonly target: string | null;
  readonly runIn: string | null;
  readonly region: string;
  command(at: Where): string;
}

/** Where a command makes things. */
interface Where {
  readonly partition: string;
  /** One, or the variable of a loop over several. */
  readonly region: string;
  readonly account: string;
}

type Class = Pick<Judged, 'account' | 'eventClass' | 'stored'>;

/**
 * What makes a class monitored in every Region where nobody is told: in each the piece that is nearest to it, or where these differ one that
 * does in all of them, such as a metric filter of the log group that every Region's events come to.
 */
export function pieceFor({ grade, open, ...of }: Judged): Told {
  const nothing: Told = { missing: null, target: null, runIn: null, command: null };
  if (grade === 'not-recorded')
    return {
      ...nothing,
      missing: 'a selector that records the class',
      command: assayLogging(of),
    };
  const [first, ...others] = open.map((it) => piecesOf(it, of));
  if (grade === 'monitored' || grade === 'not-measured' || first === undefined) return nothing;
  const nearest = [first, ...others].flatMap((pieces) => pieces[0] ?? []);
  const inAll = first.find((piece) => others.every((pieces) => pieces.some((it) => sameChange(it, piece))));
  const alike = nearest.every((piece) => sameKind(piece, nearest[0]));
  const chosen = alike || inAll === undefined ? nearest : [inAll];
  const [{ missing, target, runIn } = nothing] = chosen;
  const kinds = Map.groupBy(
    chosen.filter((it) => it.runIn === runIn),
    kindOf,
  );
  return { missing, target, runIn, command: [...kinds.values()].map(inRegions).join('\n') };
}

const commandIn = ({ runIn, region, command }: Piece, variable = region): string =>
  command({ partition: partitionOf(region), region: variable, account: runIn ?? '' });
const kindOf = (piece: Piece): string => `${piece.runIn} ${commandIn(piece, '')}`;
const sameKind = (a: Piece, b: Piece | undefined): boolean => b !== undefined && kindOf(a) === kindOf(b);
const sameChange = (a: Piece, b: Piece): boolean => sameKind(a, b) && a.region === b.region;

/** The command once, or in a loop over Regions. */
function inRegions(alike: readonly Piece[]): string {
  const [first] = alike;
  const regions = [...new Set(alike.map(({ region }) => region))].sort();
  if (first === undefined) return '';
  return regions.length === 1
    ? commandIn(first)
    : `for R in ${regions.join(' ')}; do ${commandIn(first, '"$R"')}; done`;
}

/** What each route of a Region lacks, the nearest first; where none is known to lack anything, a rule. */
function piecesOf({ region, found }: OpenRegion, of: Class): Piece[] {
  const near = lacks.flatMap((lack) =>
    found.flatMap((route) => (route.lacks === lack ? [{ ...makers[lack](route, of), region: route.region }] : [])),
  );
  return near.length > 0 ? near : [{ ...rule(of), region }];
}

/** A topic of the account, in the Region of the rule or alarm that uses it: the reader puts its name in the place of TOPIC. */
const topicIn = ({ partition, region, account }: Where): string => `arn:${partition}:sns:${region}:${account}:TOPIC`;

type Maker = (route: Route, of: Class) => Omit<Piece, 'region'>;

const makers: Readonly<Record<Lack, Maker>> = {
  action: ({ name, of, account }) => ({
    missing: 'the actions of the alarm are turned off',
    ...{ target: of, runIn: account },
    command: ({ region }) => `aws cloudwatch enable-alarm-actions --alarm-names ${quoted(name)} --region ${region}`,
  }),
  alarm: ({ to, of, account }) => {
    const [namespace = '', metric = ''] = (to[0] ?? '').split(/\/(?=[^/]*$)/);
    return {
      missing: 'an alarm on the metric, with an action that tells somebody',
      ...{ target: of, runIn: account },
      command: (at) => putAlarm({ namespace, metric }, at),
    };
  },
  target: ({ name, account }) => ({
    missing: 'a target of the rule that tells somebody',
    ...{ target: name, runIn: account },
    command: (at) => putTarget(name, at),
  }),
  enabled: ({ name, account }) => ({
    missing: 'the rule is off',
    ...{ target: name, runIn: account },
    command: (at) => enableRule(name, at),
  }),
  'enabled-target': ({ name, account }) => ({
    missing: 'the rule is off, and lacks a target that tells somebody',
    ...{ target: name, runIn: account },
    command: (at) => `${putTarget(name, at)} && ${enableRule(name, at)}`,
  }),
  filter: ({ name, account }, of) => ({
    missing: 'a metric filter that matches the class, with an alarm',
    ...{ target: name, runIn: account },
    command: (at) => watchGroup(name.split(':')[6] ?? name, of, at),
  }),
  'log-group': ({ name, account }, of) => ({
    missing: 'a log group that the trail writes to, with a metric filter and an alarm',
    ...{ target: name, runIn: account },
    command: (at) => {
      const { region } = at;
      const group = name.slice(name.lastIndexOf('/') + 1);
      return [
        `aws logs create-log-group --log-group-name ${quoted(group)} --region ${region}; aws cloudtrail update-trail --name ${quoted(name)} ${writingTo(group, at)}`,
        watchGroup(group, of, at),
      ].join(' && ');
    },
  }),
  selectors: ({ name }, of) => ({
    missing: 'selectors of the trail that take everyday events: they are narrowed',
    ...{ target: name, runIn: null },
    command: () => assayLogging(of),
  }),
  trail: ({ account }, of) => ({
    missing: 'a trail with a log group, a metric filter and an alarm: an event data store tells nobody',
    ...{ target: null, runIn: account },
    command: (at) => {
      const { region } = at;
      const name = 'ai-events-heard'; // no trail that `assay logging` makes: its selectors are put in whole
      const trail = `aws cloudtrail create-trail --name ${name} --s3-bucket-name BUCKET --is-multi-region-trail`;
      const selectors = new Map(of.stored.map(selectorFor).flatMap((it) => (it === null ? [] : [[it.name, it]])));
      return [
        `aws logs create-log-group --log-group-name ${name} --region ${region}; ${trail} ${writingTo(name, at)}; aws cloudtrail put-event-selectors --trail-name ${name} --advanced-event-selectors ${quotedJson([...selectors.values()].map(selectorJson))} --region ${region}`,
        `aws cloudtrail start-logging --name ${name} --region ${region}`,
        watchGroup(name, of, at),
      ].join(' && ');
    },
  }),
};

/** Forwarded, with a metric filter whose alarms were not read: what does not depend on them is a rule. */
const rule = (of: Class): Omit<Piece, 'region'> => ({
  missing: 'somebody who is told: a rule with a topic as its target',
  ...{ target: null, runIn: of.account },
  command: (at) => {
    const name = slug(of.eventClass);
    const isData = categoryOf(of.eventClass) === 'Data';
    const pattern = quotedJson({
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: { eventSource: [sourceOf(of)], ...(isData ? { eventCategory: ['Data'] } : {}) },
    });
    // Of management events a rule sees the reads only where it asks for them.
    const state = isData ? '' : ' --state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
    return `aws events put-rule --name ${name} --event-pattern ${pattern}${state} --region ${at.region} && ${putTarget(name, at)}`;
  },
});

const assayLogging = ({ account, eventClass }: Class): string =>
  `assay logging --account ${account} --class ${quoted(eventClass)}`;

/** A rule as the CLI names it: one of another bus than the default one goes by `BUS/RULE`, as in its ARN; only a bus may have a `/` in its name. */
function ruleOf(name: string, option: '--rule' | '--name'): string {
  const at = name.lastIndexOf('/');
  const bus = at < 0 ? '' : ` --event-bus-name ${quoted(name.slice(0, at))}`;
  return `${option} ${quoted(name.slice(at + 1))}${bus}`;
}

const enableRule = (name: string, { region }: Where): string =>
  `aws events enable-rule ${ruleOf(name, '--name')} --region ${region}`;
const putTarget = (name: string, at: Where): string =>
  `aws events put-targets ${ruleOf(name, '--rule')} --targets Id=tell,Arn=${topicIn(at)} --region ${at.region}`;

interface MetricOf {
  readonly namespace: string;
  readonly metric: string;
}

/** An alarm beside those that are there: none of them is overwritten. */
const putAlarm = ({ namespace, metric }: MetricOf, at: Where): string =>
  `aws cloudwatch put-metric-alarm --alarm-name ${quoted(`tell-${metric}`)} --namespace ${quoted(namespace)} --metric-name ${quoted(metric)} --statistic Sum --period 300 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --treat-missing-data notBreaching --alarm-actions ${topicIn(at)} --region ${at.region}`;

/** A metric filter of a log group that matches the class, with an alarm on its metric. */
function watchGroup(group: string, of: Class, at: Where): string {
  const metric = slug(of.eventClass);
  const filter = `aws logs put-metric-filter --log-group-name ${quoted(group)} --filter-name ${metric} --filter-pattern ${quoted(patternOf(of))} --metric-transformations metricName=${metric},metricNamespace=AI,metricValue=1 --region ${at.region}`;
  return `${filter} && ${putAlarm({ namespace: 'AI', metric }, at)}`;
}

/** ROLE_ARN: a role that lets CloudTrail write to the log group. */
const writingTo = (group: string, { partition, region, account }: Where): string =>
  `--cloud-watch-logs-log-group-arn arn:${partition}:logs:${region}:${account}:log-group:${group}:'*' --cloud-watch-logs-role-arn ROLE_ARN --region ${region}`;

const categoryOf = (eventClass: string): string => classFields(eventClass)?.['eventCategory'] ?? '';
const sourceOf = ({ eventClass, account }: Class): string => samplesOf(eventClass, account, 'us-east-1')?.source ?? '';

function patternOf(of: Class): string {
  const source = `$.eventSource = "${sourceOf(of)}"`;
  return categoryOf(of.eventClass) === 'Data' ? `{ (${source}) && ($.eventCategory = "Data") }` : `{ ${source} }`;
}

const slug = (eventClass: string): string => `ai-${eventClass.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase()}`;
