import { classFields } from '../catalogue/ai-event-classes.ts';
import type { ForwardingGrade } from '../domain/forwarding-table.ts';
import { samplesOf } from './ai-samples.ts';
import type { Route, Routes } from './route-parts.ts';

interface Judged {
  readonly account: string;
  readonly eventClass: string;
  readonly grade: ForwardingGrade;
  readonly region: string | null;
  readonly routes: Routes | null;
}

interface Piece {
  readonly missing: string | null;
  readonly command: string | null;
}

/** What somebody must be told through: the reader puts the ARN of a topic of theirs here. */
const topic = 'TOPIC_ARN';

/** The one piece that is nearest to telling somebody. */
export function pieceFor(judged: Judged): Piece {
  const { grade, routes } = judged;
  if (grade === 'monitored' || grade === 'not-measured') return { missing: null, command: null };
  if (grade === 'not-recorded') return { missing: 'a selector that records the class', command: 'assay logging' };
  const nearest = nearness.flatMap((lacks) => routes?.found.filter((route) => route.lacks === lacks) ?? [])[0];
  return nearest === undefined ? rulePiece(judged) : pieces[nearest.lacks ?? 'trail'](nearest, judged);
}

type Lack = NonNullable<Route['lacks']>;
/** From what is nearly there to what is not begun. */
const nearness: readonly Lack[] = ['action', 'alarm', 'target', 'enabled', 'filter', 'log-group', 'selectors', 'trail'];

const pieces: Readonly<Record<Lack, (route: Route, judged: Judged) => Piece>> = {
  action: ({ name, region }) => ({
    missing: 'an enabled action of the alarm that tells somebody',
    command: `aws cloudwatch enable-alarm-actions --alarm-names ${quoted(name)} --region ${region}   # and an action: put-metric-alarm --alarm-actions ${topic}`,
  }),
  alarm: ({ to, region }) => {
    const [namespace = '', metric = ''] = (to[0] ?? '').split(/\/(?=[^/]*$)/);
    return {
      missing: 'an alarm on the metric, with an action',
      command: `aws cloudwatch put-metric-alarm --alarm-name ${quoted(metric)} --namespace ${quoted(namespace)} --metric-name ${quoted(metric)} --statistic Sum --period 300 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --treat-missing-data notBreaching --alarm-actions ${topic} --region ${region}`,
    };
  },
  target: ({ name, region }) => ({
    missing: 'a target of the rule that tells somebody',
    command: `aws events put-targets ${ruleOf(name, '--rule')} --targets Id=tell,Arn=${topic} --region ${region}`,
  }),
  enabled: ({ name, region }) => ({
    missing: 'the rule is off',
    command: `aws events enable-rule ${ruleOf(name, '--name')} --region ${region}`,
  }),
  filter: ({ name, region }, judged) => ({
    missing: 'a metric filter that matches the class, with an alarm',
    command: `aws logs put-metric-filter --log-group-name ${quoted(name.split(':')[6] ?? name)} --filter-name ${quoted(slug(judged.eventClass))} --filter-pattern ${quoted(patternOf(judged))} --metric-transformations metricName=${slug(judged.eventClass)},metricNamespace=AI,metricValue=1 --region ${region}`,
  }),
  'log-group': ({ name, region }) => ({
    missing: 'a log group that the trail writes to',
    command: `aws cloudtrail update-trail --name ${quoted(name)} --cloud-watch-logs-log-group-arn LOG_GROUP_ARN --cloud-watch-logs-role-arn ROLE_ARN --region ${region}`,
  }),
  selectors: (_, { account, eventClass }) => ({
    missing: 'selectors of the trail that take everyday events: they are narrowed',
    command: `assay logging --account ${account} --class ${quoted(eventClass)}`,
  }),
  trail: ({ region }, judged) => ({
    missing: 'a trail: an event data store tells nobody',
    command: `aws cloudtrail create-trail --name ${quoted(slug(judged.eventClass))} --s3-bucket-name BUCKET --is-multi-region-trail --region ${region}   # then \`assay logging\` prints its selectors`,
  }),
};

/** A rule as the CLI names it: one of another bus than the default one goes by `BUS/RULE`, as in its ARN; only a bus may have a `/` in its name. */
function ruleOf(name: string, option: '--rule' | '--name'): string {
  const at = name.lastIndexOf('/');
  const bus = at < 0 ? '' : ` --event-bus-name ${quoted(name.slice(0, at))}`;
  return `${option} ${quoted(name.slice(at + 1))}${bus}`;
}

/** Forwarded, with nothing half built: the shortest way to tell somebody is a rule. */
function rulePiece({ eventClass, account, region }: Judged): Piece {
  const source = samplesOf(eventClass, account, region ?? 'us-east-1')?.source ?? '';
  const pattern = JSON.stringify({ 'detail-type': ['AWS API Call via CloudTrail'], detail: { eventSource: [source] } });
  return {
    missing: 'somebody who is told: an alarm, or a rule with a topic as its target',
    command: `aws events put-rule --name ${quoted(slug(eventClass))} --event-pattern ${quoted(pattern)} --region ${region ?? 'us-east-1'}   # then put-targets --targets Id=tell,Arn=${topic}`,
  };
}

function patternOf({ eventClass, account, region }: Judged): string {
  const source = samplesOf(eventClass, account, region ?? 'us-east-1')?.source ?? '';
  const type = classFields(eventClass)?.['resources.type'];
  return type === undefined
    ? `{ $.eventSource = "${source}" }`
    : `{ ($.eventSource = "${source}") && ($.eventCategory = "Data") }`;
}

const slug = (eventClass: string): string => `ai-${eventClass.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase()}`;
/** One word for a shell. */
const quoted = (text: string): string => (/^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
