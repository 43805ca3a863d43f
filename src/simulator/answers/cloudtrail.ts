import type { Trail } from '@aws-sdk/client-cloudtrail';
import type { AccountId } from '../../domain/ids.ts';
import type { Json, Operation } from '../../ports/aws-calls.ts';
import { calendarOf } from '../calendar.ts';
import { logGroupArn } from '../forwarding.ts';
import type { SimulatedEventDataStore, SimulatedTrail } from '../organization.ts';
import { pageOf } from '../page.ts';
import { refuse } from '../refuse.ts';
import { type Answering, type CallScope, isManagement } from '../scope.ts';

/** A trail as an account sees it, with the account that owns it. */
interface SeenTrail {
  readonly trail: SimulatedTrail;
  readonly owner: AccountId;
  readonly arn: string;
  /** The log group of its owner that has its name. */
  readonly group: string | null;
}

/** Own trails and, in a member, the organisation's; a single-Region trail only at home, others in every Region (shadow trails). */
function trailsSeen({ organization, account, region }: CallScope): SeenTrail[] {
  const shared = organization.accounts.find(({ id }) => id === organization.management)?.trails ?? [];
  const inherited = account.id === organization.management ? [] : shared.filter((trail) => trail.organization);
  const seen = [
    ...account.trails.map((trail) => ({ trail, owner: account.id })),
    ...inherited.map((trail) => ({ trail, owner: organization.management })),
  ];
  return seen
    .filter(({ trail }) => trail.multiRegion || trail.home === region)
    .map((it) => {
      const owner = organization.accounts.find(({ id }) => id === it.owner);
      const own = owner?.forwarding?.groups.find(({ name }) => name === it.trail.name);
      const arn = `arn:aws:cloudtrail:${it.trail.home}:${it.owner}:trail/${it.trail.name}`;
      return { ...it, arn, group: own === undefined ? null : logGroupArn(it.owner, own) };
    });
}

const describeTrails: Answering<'cloudtrail:DescribeTrails'> = (scope, input) => {
  const named = (seen: SeenTrail): boolean =>
    input.trailNameList === undefined ||
    input.trailNameList.length === 0 ||
    input.trailNameList.some((name) => name === seen.arn || name === seen.trail.name);
  const shown = ({ trail, owner }: SeenTrail): boolean =>
    input.includeShadowTrails !== false || (trail.home === scope.region && owner === scope.account.id);
  return { trailList: trailsSeen(scope).filter(named).filter(shown).map(trailView) };
};

function trailView({ trail, arn, group }: SeenTrail): Json<Trail> {
  return {
    ...(group === null ? {} : { CloudWatchLogsLogGroupArn: group }),
    Name: trail.name,
    S3BucketName: `${trail.name}-logs`,
    IncludeGlobalServiceEvents: trail.multiRegion,
    IsMultiRegionTrail: trail.multiRegion,
    HomeRegion: trail.home,
    TrailARN: arn,
    LogFileValidationEnabled: true,
    HasCustomEventSelectors: trail.selectors.kind !== 'none',
    HasInsightSelectors: false,
    IsOrganizationTrail: trail.organization,
  };
}

/** A trail is found by its ARN wherever it is seen, by its name only in its home Region. */
function trailCalled(scope: CallScope, operation: Operation, name: string | undefined): SeenTrail {
  const found = trailsSeen(scope).find(
    ({ arn, trail, owner }) =>
      name === arn || (name === trail.name && trail.home === scope.region && owner === scope.account.id),
  );
  if (found !== undefined) return found;
  throw unknownTrail(operation, scope.account.id, name);
}

const unknownTrail = (operation: Operation, account: AccountId, name: string | undefined): Error =>
  refuse(operation, 'TrailNotFoundException', `Unknown trail: ${name} for the user: ${account}`);

const trailStatus: Answering<'cloudtrail:GetTrailStatus'> = (scope, { Name }) => {
  const { trail } = trailCalled(scope, 'cloudtrail:GetTrailStatus', Name);
  const { before } = calendarOf(scope.organization.clock);
  if (!trail.logging)
    return {
      IsLogging: false,
      StartLoggingTime: before(700),
      StopLoggingTime: before(40),
      LatestDeliveryTime: before(40),
    };
  return { IsLogging: true, StartLoggingTime: before(700), LatestDeliveryTime: before(0.003) };
};

const eventSelectors: Answering<'cloudtrail:GetEventSelectors'> = (scope, { TrailName }) => {
  const operation = 'cloudtrail:GetEventSelectors';
  const { trail, owner, arn } = trailCalled(scope, operation, TrailName);
  // A member may see an organisation trail, not its settings.
  if (owner !== scope.account.id && !isManagement(scope)) throw unknownTrail(operation, scope.account.id, TrailName);
  const { selectors } = trail;
  switch (selectors.kind) {
    case 'none':
      return { TrailARN: arn, EventSelectors: [] };
    case 'basic':
      return { TrailARN: arn, EventSelectors: structuredClone([...selectors.selectors]) };
    case 'advanced':
      return { TrailARN: arn, AdvancedEventSelectors: structuredClone([...selectors.selectors]) };
  }
};

const storeArn = ({ account }: CallScope, { home, id }: SimulatedEventDataStore): string =>
  `arn:aws:cloudtrail:${home}:${account.id}:eventdatastore/${id}`;

/** Stores are listed in the Region they were made in, also those that gather all Regions. */
const storesSeen = ({ account, region }: CallScope): SimulatedEventDataStore[] =>
  account.eventDataStores.filter(({ home }) => home === region);

const listStores: Answering<'cloudtrail:ListEventDataStores'> = (scope, input) => {
  const { items, next } = pageOf(storesSeen(scope), {
    operation: 'cloudtrail:ListEventDataStores',
    token: input.NextToken,
    size: input.MaxResults,
    most: 1,
  });
  return {
    EventDataStores: items.map((store) => ({ EventDataStoreArn: storeArn(scope, store), Name: store.name })),
    ...(next === undefined ? {} : { NextToken: next }),
  };
};

const getStore: Answering<'cloudtrail:GetEventDataStore'> = (scope, { EventDataStore }) => {
  const store = storesSeen(scope).find((candidate) => storeArn(scope, candidate) === EventDataStore);
  if (store === undefined) {
    throw refuse(
      'cloudtrail:GetEventDataStore',
      'EventDataStoreNotFoundException',
      `No event data store ${EventDataStore}`,
    );
  }
  const created = calendarOf(scope.organization.clock).before(300);
  return {
    EventDataStoreArn: storeArn(scope, store),
    Name: store.name,
    Status: store.status,
    AdvancedEventSelectors: structuredClone([...store.selectors]),
    MultiRegionEnabled: store.multiRegion,
    OrganizationEnabled: store.organization,
    RetentionPeriod: 366,
    TerminationProtectionEnabled: true,
    CreatedTimestamp: created,
    UpdatedTimestamp: created,
    BillingMode: 'EXTENDABLE_RETENTION_PRICING',
  };
};

export const cloudtrailAnswers = {
  'cloudtrail:DescribeTrails': describeTrails,
  'cloudtrail:GetTrailStatus': trailStatus,
  'cloudtrail:GetEventSelectors': eventSelectors,
  'cloudtrail:ListEventDataStores': listStores,
  'cloudtrail:GetEventDataStore': getStore,
};
