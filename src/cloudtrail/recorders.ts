import type {
  AccountFacts,
  AdvancedSelector,
  EventDataStoreFact,
  SharedFacts,
  TrailFact,
  TrailStatus,
} from '../domain/facts.ts';
import { explainGap } from '../domain/gap.ts';
import { accountOfArn } from '../domain/ids.ts';
import { advancedOf, condition } from './advanced.ts';
import { selectorMatches } from './match.ts';

/** A trail or event data store that may record events of an account. */
export interface Recorder {
  readonly arn: string;
  readonly kind: 'trail' | 'store';
  readonly home: string;
  readonly multiRegion: boolean;
  readonly organization: boolean;
  readonly globalEvents: boolean;
  /** Null where they were not read. */
  readonly selectors: readonly AdvancedSelector[] | null;
  /** `stopped` records nothing and hides nothing; `doubtful` may record or not. */
  readonly state: 'recording' | 'stopped' | 'doubtful';
  /** What stops it; null = nothing does. */
  readonly halt: 'not-logging' | 'not-delivering' | null;
  /** Why it records nothing, or why nobody knows; null = it records. */
  readonly why: string | null;
  readonly lastDelivery: string | null;
}

type Logging = Pick<AccountFacts, 'account' | 'logging'>;

/** Own trails and stores of all Regions and the organisation's, each once: a multi-Region one seen anywhere records everywhere. */
export function recordersOf({ account, logging }: Logging, shared: SharedFacts, clock: string): Recorder[] {
  const own = (readings: AccountFacts['logging'][keyof AccountFacts['logging']]) =>
    Object.values(readings).flatMap((reading) => (reading.kind === 'known' ? [...reading.value] : []));
  const listed = [...own(logging.trails), ...shared.trails] as TrailFact[];
  // A trail of another account records this one only as the organisation's, and that belongs to the management account.
  const { managementAccount } = shared;
  const owner = managementAccount.kind === 'known' ? managementAccount.value : undefined;
  const trails = listed.filter(({ arn, organization }) => {
    const own = accountOfArn(arn);
    return own === account || (organization && (owner === undefined || own === owner));
  });
  const stores = [...own(logging.stores), ...shared.stores] as EventDataStoreFact[];
  const all = [...trails.map((fact) => trailRecorder(fact, clock)), ...stores.map(storeRecorder)];
  return [...new Map(all.map((recorder) => [recorder.arn, recorder])).values()].sort((a, b) =>
    a.arn < b.arn ? -1 : 1,
  );
}

function trailRecorder(fact: TrailFact, clock: string): Recorder {
  const { arn, home, multiRegion, organization, globalEvents, status, selectors } = fact;
  const read = selectors.kind === 'known' ? advancedOf(selectors.value) : null;
  const known = status.kind === 'known' ? status.value : null;
  const trail = { arn, home, multiRegion, organization, globalEvents, selectors: read };
  const told = { ...trail, kind: 'trail' as const, halt: null, lastDelivery: known?.lastDelivery ?? null };
  if (status.kind === 'unknown') return { ...told, state: 'doubtful', why: `its status: ${explainGap(status.gap)}` };
  if (!status.value.logging)
    return { ...told, state: 'stopped', halt: 'not-logging', why: `it is not logging${since(status.value.stopped)}` };
  if (status.value.deliveryError !== null)
    return {
      ...told,
      state: 'stopped',
      halt: 'not-delivering',
      why: `its last delivery failed: ${status.value.deliveryError}`,
    };
  if (selectors.kind === 'unknown')
    return { ...told, state: 'doubtful', why: `its selectors: ${explainGap(selectors.gap)}` };
  const silent = silence(told, status.value, status.at, clock);
  return { ...told, state: silent === null ? 'recording' : 'doubtful', why: silent };
}

const since = (moment: string | null): string => (moment === null ? '' : ` since ${moment}`);

/** Days without a delivery (since it was turned on, where there was none) that tell: since the status was asked, and of a snapshot that does not say when it was, before the clock. */
const [silentDays, silentDaysUndated] = [2, 30];

/**
 * Reading a trail's status is itself a management event: a trail that takes such events and yet delivered nothing for days does not prove
 * that it delivers at all. A trail of data events alone may well have had nothing to deliver.
 */
function silence(
  { selectors, home }: Pick<Recorder, 'selectors' | 'home'>,
  { lastDelivery, started }: Pick<TrailStatus, 'lastDelivery' | 'started'>,
  asked: string | null,
  clock: string,
): string | null {
  const days = asked === null ? silentDaysUndated : silentDays;
  const since = lastDelivery ?? started;
  if (since === null || Date.parse(asked ?? clock) - Date.parse(since) <= days * 86_400_000) return null;
  const ours = {
    eventCategory: 'Management',
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'GetTrailStatus',
    readOnly: 'true',
    eventType: 'AwsApiCall',
    awsRegion: home,
  };
  const takes = (selectors ?? []).some((selector) => selectorMatches(selector, ours) === 'yes');
  const from = lastDelivery === null ? `${since}, when it was turned on` : since;
  return takes ? `it delivered nothing since ${from}, though reading its status is an event it takes` : null;
}

function storeRecorder({ status, selectors, ...store }: EventDataStoreFact): Recorder {
  const stopped = status !== 'ENABLED';
  return {
    ...store,
    kind: 'store',
    globalEvents: true,
    selectors,
    state: stopped ? 'stopped' : 'recording',
    halt: stopped ? 'not-delivering' : null,
    why: stopped ? `it does not take events in: ${status}` : null,
    lastDelivery: null,
  };
}

/** Whether a trail or store records events of a Region at all: multi-Region, or at home there. */
export const appliesTo = (recorder: Pick<Recorder, 'multiRegion' | 'home'>, region: string): boolean =>
  recorder.multiRegion || recorder.home === region;

/** Where the events of global services are. */
const globalRegions = new Set(['us-east-1', 'us-gov-west-1', 'cn-north-1']);
const notGlobal = condition('eventSource', 'NotEquals', [
  'iam.amazonaws.com',
  'sts.amazonaws.com',
  'cloudfront.amazonaws.com',
]);

/** What a recorder takes in a Region: a trail without the events of global services leaves them out where they happen. */
export function selectorsIn({ selectors, globalEvents }: Recorder, region: string): readonly AdvancedSelector[] {
  if (selectors === null) return [];
  if (globalEvents || !globalRegions.has(region)) return selectors;
  return selectors.map((selector) =>
    selector.fields.some(({ field, values }) => field === 'eventCategory' && values.Equals?.includes('Management'))
      ? { ...selector, fields: [...selector.fields, notGlobal] }
      : selector,
  );
}

/**
 * Why something that records this Region could have stayed unseen; null when every list was read. A Region lists every trail that
 * records it, the organisation's included; a multi-Region store is listed at home only, an organisation-wide one with its owner.
 */
export function whatHides({ logging }: Pick<Logging, 'logging'>, shared: SharedFacts, region: string): string | null {
  if (logging.trails[region] === undefined) return `the trails of ${region} were not listed`;
  const lists = [logging.trails[region], ...Object.values(logging.stores)];
  const unread = lists.find((list) => list?.kind === 'unknown');
  const gap = unread?.kind === 'unknown' ? unread.gap : shared.storesUnread;
  return gap === null ? null : explainGap(gap);
}
