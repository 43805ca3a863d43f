import type { TrailFact } from '../../src/domain/facts.ts';
import type { Alarm, EventRule, ForwardingFacts, LogRoutes } from '../../src/domain/forwarding.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { account, fields, read, trail } from './facts.ts';

// What commands of the AWS CLI do to what an account forwards events by: enough to try those that Assay prints.

/** What commands change. */
export interface Forwarding {
  readonly forwarding: ForwardingFacts;
  readonly trails: readonly TrailFact[];
}

type Words = ReadonlyMap<string, string>;
interface Call {
  readonly name: string;
  readonly options: Words;
}

const none: LogRoutes = { filters: read([]), subscriptions: read([]), policies: read([]) };
const known = <T>(list: Reading<readonly T[]> | undefined): readonly T[] => (list?.kind === 'known' ? list.value : []);
const need = (options: Words, name: string): string => {
  const value = options.get(name);
  if (value === undefined || value === '') throw new Error(`the command does not say --${name}`);
  return value;
};
const groupArn = (options: Words, name: string): string =>
  `arn:aws:logs:${need(options, 'region')}:${account}:log-group:${name}:*`;

/** Lists by a key with one item put in, instead of any of its name. */
function put<T extends { readonly name: string }>(
  lists: Readonly<Record<string, Reading<readonly T[]>>>,
  key: string,
  name: string,
  change: (there: T | undefined) => T,
): Readonly<Record<string, Reading<readonly T[]>>> {
  const all = known(lists[key]);
  const changed = change(all.find((it) => it.name === name));
  return { ...lists, [key]: read([...all.filter((it) => it.name !== name), changed]) };
}
const there = <T>(it: T | undefined): T => {
  if (it === undefined) throw new Error('the command changes what is not there');
  return it;
};

function changeRule(
  { forwarding, trails }: Forwarding,
  options: Words,
  name: string,
  change: (rule: EventRule | undefined) => EventRule,
): Forwarding {
  const bus = options.get('event-bus-name');
  const region = need(options, 'region');
  return bus === undefined || bus === 'default'
    ? { trails, forwarding: { ...forwarding, rules: put(forwarding.rules, region, name, change) } }
    : {
        trails,
        forwarding: {
          ...forwarding,
          buses: put(forwarding.buses, `arn:aws:events:${region}:${account}:event-bus/${bus}`, name, change),
        },
      };
}

const changeTrail = (state: Forwarding, name: string, change: (trail: TrailFact) => TrailFact): Forwarding => ({
  ...state,
  trails: state.trails.map((it) => (it.arn === name || it.arn.endsWith(`/${name}`) ? change(it) : it)),
});

const commands: Readonly<Record<string, (state: Forwarding, options: Words) => Forwarding>> = {
  'logs create-log-group': ({ forwarding, trails }, options) => {
    const arn = groupArn(options, need(options, 'log-group-name'));
    return { trails, forwarding: { ...forwarding, groups: { [arn]: none, ...forwarding.groups } } };
  },
  'logs put-metric-filter': ({ forwarding, trails }, options) => {
    const arn = groupArn(options, need(options, 'log-group-name'));
    const group = there(forwarding.groups[arn]);
    const [, metric = '', namespace = ''] =
      /^metricName=([^,]+),metricNamespace=([^,]+),metricValue=1$/.exec(need(options, 'metric-transformations')) ?? [];
    const filter = {
      name: need(options, 'filter-name'),
      pattern: need(options, 'filter-pattern'),
      besides: null,
      metrics: [{ namespace, name: metric }],
    };
    const filters = put({ of: group.filters }, 'of', filter.name, () => filter)['of'] ?? read([]);
    return { trails, forwarding: { ...forwarding, groups: { ...forwarding.groups, [arn]: { ...group, filters } } } };
  },
  'cloudwatch put-metric-alarm': ({ forwarding, trails }, options) => {
    const alarm: Alarm = {
      name: need(options, 'alarm-name'),
      metrics: [{ namespace: need(options, 'namespace'), name: need(options, 'metric-name') }],
      rule: null,
      actionsEnabled: true,
      actions: [need(options, 'alarm-actions')],
    };
    const alarms = put(forwarding.alarms, need(options, 'region'), alarm.name, () => alarm);
    return { trails, forwarding: { ...forwarding, alarms } };
  },
  'cloudwatch enable-alarm-actions': ({ forwarding, trails }, options) => {
    const alarms = put(forwarding.alarms, need(options, 'region'), need(options, 'alarm-names'), (alarm) => ({
      ...there(alarm),
      actionsEnabled: true,
    }));
    return { trails, forwarding: { ...forwarding, alarms } };
  },
  'events put-rule': (state, options) =>
    changeRule(state, options, need(options, 'name'), () => ({
      name: need(options, 'name'),
      pattern: need(options, 'event-pattern'),
      state: options.get('state') ?? 'ENABLED',
      targets: read([]),
    })),
  'events put-targets': (state, options) =>
    changeRule(state, options, need(options, 'rule'), (rule) => {
      const arn = need(options, 'targets').replace(/^Id=tell,Arn=/, '');
      expect(arn).toContain(`:sns:${need(options, 'region')}:`); // a rule tells a topic of its own Region
      return { ...there(rule), targets: read([...known(there(rule).targets), arn]) };
    }),
  'events enable-rule': (state, options) =>
    changeRule(state, options, need(options, 'name'), (rule) => ({ ...there(rule), state: 'ENABLED' })),
  'cloudtrail update-trail': (state, options) =>
    changeTrail(state, need(options, 'name'), (it) => ({
      ...it,
      settings: { ...it.settings, logGroup: need(options, 'cloud-watch-logs-log-group-arn') },
    })),
  'cloudtrail create-trail': (state, options) => {
    if (state.trails.some(({ arn }) => arn.endsWith(`/${need(options, 'name')}`))) return state; // it is there: AWS refuses
    const settings = {
      validated: false,
      kmsKey: null,
      bucket: need(options, 's3-bucket-name'),
      logGroup: need(options, 'cloud-watch-logs-log-group-arn'),
    };
    return { ...state, trails: [...state.trails, trail(need(options, 'name'), { advanced: [] }, { settings })] };
  },
  'cloudtrail put-event-selectors': (state, options) => {
    const all = JSON.parse(need(options, 'advanced-event-selectors')) as {
      FieldSelectors: { Field: string; Equals: string[] }[];
    }[];
    const advanced = all.map(({ FieldSelectors }) =>
      fields(Object.fromEntries(FieldSelectors.map(({ Field, Equals }) => [Field, Equals]))),
    );
    return changeTrail(state, need(options, 'trail-name'), (it) => ({
      ...it,
      selectors: read({ basic: [], advanced }),
    }));
  },
  'cloudtrail start-logging': (state) => state,
};

/** The commands of a line as a shell runs them: loops over Regions are unrolled. */
function* callsOf(line: string): Generator<Call> {
  const loop = /^for R in ([\w -]+); do (.*); done$/.exec(line);
  if (loop !== null) {
    for (const region of loop[1]?.split(' ') ?? []) yield* callsOf((loop[2] ?? '').replaceAll('"$R"', region));
    return;
  }
  const words = [...line.matchAll(/(?:'[^']*'|[^\s';])+|;/g)].map(([word]) => word.replace(/'([^']*)'/g, '$1'));
  let call: string[] = [];
  for (const word of [...words, ';'])
    if (word !== '&&' && word !== ';') call.push(word);
    else if (call.length > 0) {
      const [, service, operation, ...rest] = call;
      const options = rest.flatMap((it, at): [string, string][] =>
        it.startsWith('--') ? [[it.slice(2), rest[at + 1]?.startsWith('--') ? '' : (rest[at + 1] ?? '')]] : [],
      );
      yield { name: `${service} ${operation}`, options: new Map(options) };
      call = [];
    }
}

/** What stands once a printed command was run. */
export function afterCommand(state: Forwarding, command: string): Forwarding {
  let now = state;
  for (const line of command.split('\n'))
    for (const { name, options } of callsOf(line)) {
      const run = commands[name];
      if (run === undefined) throw new Error(`a command that is not known: ${name}`);
      now = run(now, options);
    }
  return now;
}
