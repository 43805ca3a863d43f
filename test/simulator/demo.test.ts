import { coreAiEventClasses } from '../../src/catalogue/ai-event-classes.ts';
import { demoOrganization } from '../../src/simulator/demo/organization.ts';
import { idOf } from '../../src/simulator/demo/places.ts';
import { demoTruth } from '../../src/simulator/demo/truth.ts';
import {
  answering,
  type Counted,
  clock,
  inWindow,
  listingsOf,
  readable,
  readers,
  reportOf,
  rolesOf,
  start,
  usersOf,
} from './count.ts';
import { authorizationDetails, credentialReport, global, inRegion, organization, pages } from './gather.ts';
import { longTermKeyDenied } from './held.ts';

// A second count of the demo over AWS's raw answers, written without a line of the product: the planted figures must come out.

const tally = (rows: readonly Counted[]) => ({
  all: rows.length,
  tooNew: rows.filter((row) => row.tooNew).length,
  unused: rows.filter((row) => !row.tooNew && row.activity === 'unused').length,
  used: rows.filter((row) => !row.tooNew && row.activity === 'used').length,
  unread: rows.filter((row) => !row.tooNew && row.activity === 'unread').length,
});

const everyUser = (await Promise.all(answering.map(({ id }) => usersOf(id)))).flat();
const everyRole = (await Promise.all(readable.map(({ id }) => rolesOf(id)))).flat();
const ofKind = (kind: string) => tally([...everyUser, ...everyRole].filter((row) => row.kind === kind));
const planted = (id: string, scope = 'organization') =>
  demoTruth.metrics.find((metric) => metric.id === id && metric.scope === scope);

describe('identities', () => {
  test.each(['user', 'phantom-user', 'role', 'identity-center-role'] as const)(
    '%s: the planted number and activity',
    (kind) => {
      const { all, unused, used, unread } = ofKind(kind);
      expect(demoTruth.identities.byKind[kind]).toBe(all);
      expect(planted('identity.unused-rate', `kind:${kind}`)).toMatchObject({
        numerator: unused,
        denominator: unused + used,
        unread,
      });
    },
  );

  test('totals', () => {
    const counted = [...everyUser, ...everyRole].filter(({ kind }) => kind in demoTruth.identities.byKind);
    const { all, tooNew, unused, used, unread } = tally(counted);
    const known = counted.filter(({ activity }) => activity !== 'unread').length;
    expect(demoTruth.identities).toMatchObject({ counted: all, known, unread: all - known });
    expect(demoTruth.identities.apart).toEqual({
      tooNew,
      serviceLinkedRole: ofKind('serviceLinkedRole').all,
      breakGlass: ofKind('breakGlass').all,
      assayReader: ofKind('assayReader').all,
    });
    const rate = { numerator: unused, denominator: unused + used, unread };
    expect(planted('identity.unused-rate')).toMatchObject(rate);
    expect(planted('completeness.identities')).toMatchObject({ numerator: known, denominator: all });
  });

  test('users of the credential report are those of the authorization details', async () => {
    for (const { id } of readable) {
      const { users } = await authorizationDetails(readers, id);
      const [, ...rows] = await credentialReport(readers, id);
      expect(rows.map(({ user }) => user)).toEqual(users.map(({ UserName }) => UserName));
      expect(new Set(rows.map(({ user }) => user)).size).toBe(rows.length);
    }
  });

  test('names are not dealt twice and nothing is used before it was created', async () => {
    for (const { id } of readable) {
      const { roles } = await authorizationDetails(readers, id);
      expect(new Set(roles.map(({ Arn }) => Arn)).size).toBe(roles.length);
      for (const role of roles) {
        const used = role.RoleLastUsed?.LastUsedDate;
        if (used !== undefined) expect(Date.parse(used)).toBeGreaterThanOrEqual(Date.parse(role.CreateDate ?? ''));
      }
    }
  });

  test('someone was last used at the first moment of the window', async () => {
    const dates = await Promise.all(readable.map(async ({ id }) => (await authorizationDetails(readers, id)).roles));
    const edge = new Date(start).toISOString();
    expect(dates.flat().some((role) => role.RoleLastUsed?.LastUsedDate === edge)).toBe(true);
  });
});

test('AI keys', async () => {
  const listings = await Promise.all(answering.map(async ({ id }) => ({ id, ...(await listingsOf(id)) })));
  const all = listings.flatMap(({ id, credentials }) => credentials.map((it) => ({ ...it, account: id })));
  const sealed = listings.flatMap((it) => it.sealed);
  const ai = all.filter(({ ServiceName }) => /^(bedrock|aws-external-anthropic)\./.test(ServiceName ?? ''));
  const past = (it: (typeof ai)[number]) => it.ExpirationDate !== undefined && it.ExpirationDate < clock;
  const live = ai.filter((it) => it.Status === 'Active' && !past(it));
  const phantom = ({ UserName = '' }) => /^(AeaApiKey|BedrockAPIKey)-/.test(UserName);
  const holders = new Set(live.map((it) => it.UserName));
  const namesOf = (found: readonly { UserName?: string | undefined }[]) =>
    new Set(found.map((it) => it.UserName ?? ''));
  const phantomNames = everyUser
    .filter(({ kind }) => kind === 'phantom-user')
    .map(({ arn }) => arn.slice(arn.lastIndexOf('/') + 1));
  const phantoms = phantomNames.length;
  const [open, off, any] = [namesOf(live), namesOf(all.filter((it) => it.Status === 'Inactive')), namesOf(all)];
  const states = phantomNames.map((name) => {
    if (open.has(name)) return 'live';
    if (sealed.includes(name)) return 'not measured';
    return off.has(name) ? 'inactive' : any.has(name) ? 'expired' : 'orphaned';
  });
  const inState = (state: string) => states.filter((it) => it === state).length;
  const reports = (await Promise.all(answering.map(({ id }) => credentialReport(readers, id)))).flat();
  const gained = reports.filter(
    (row) =>
      phantomNames.includes(row['user'] ?? '') &&
      ['password_enabled', 'access_key_1_active', 'access_key_2_active'].some((it) => row[it] === 'true'),
  );
  expect(demoTruth.rows.credentials).toBe(all.length);
  expect(demoTruth.counts).toEqual({
    users: everyUser.length,
    aiKeyUsers: holders.size,
    aiKeyUsersUnread: sealed.length,
    aiKeysLive: live.length,
    aiKeysLiveNotDenied: live.filter((it) => !longTermKeyDenied(it)).length,
    aiKeysLiveNeverExpiring: live.filter((it) => it.ExpirationDate === undefined).length,
    aiKeysLiveOnPhantomUsers: live.filter(phantom).length,
    aiKeysExpired: ai.filter((it) => it.Status !== 'Inactive' && past(it)).length,
    aiKeysInactive: ai.filter((it) => it.Status === 'Inactive').length,
    phantomUsers: phantoms,
    phantomUsersWithoutLiveKey: phantoms - sealed.length - new Set(live.filter(phantom).map((it) => it.UserName)).size,
    phantomUsersLiveKey: inState('live'),
    phantomUsersInactiveOnly: inState('inactive'),
    phantomUsersExpiredOnly: inState('expired'),
    phantomUsersOrphaned: inState('orphaned'),
    phantomUsersNotMeasured: inState('not measured'),
    phantomUsersGained: gained.length,
    phantomUsersGainedNotMeasured: 0,
  });
  expect(planted('credential.ai-key-user-rate')).toMatchObject({
    numerator: holders.size,
    denominator: everyUser.length - sealed.length,
    unread: sealed.length,
  });
});

test('stale credentials', async () => {
  const counted = { stale: 0, fresh: 0, unread: 0, untrackable: 0 };
  const before = (date: string | undefined) => date !== undefined && Date.parse(date) < start;
  for (const { id } of answering) {
    const [, ...rows] = await credentialReport(readers, id);
    const { credentials: held, sealed } = await listingsOf(id);
    for (const row of rows) {
      const cell = (name: string) => (/^\d{4}-/.test(row[name] ?? '') ? row[name] : undefined);
      const own = [
        ...(row['password_enabled'] === 'true' ? [cell('password_last_used') ?? cell('password_last_changed')] : []),
        ...['1', '2'].flatMap((n) =>
          row[`access_key_${n}_active`] === 'true'
            ? [cell(`access_key_${n}_last_used_date`) ?? cell(`access_key_${n}_last_rotated`)]
            : [],
        ),
      ];
      const live = held.filter(
        (it) =>
          it.UserName === row['user'] &&
          it.Status === 'Active' &&
          !(it.ExpirationDate !== undefined && it.ExpirationDate < clock),
      );
      const dates = await reportOf(id, row['arn'] ?? '');
      const ofServices = live.map(({ ServiceName = '', CreateDate }) => {
        if (dates === undefined) return 'unread' as const;
        const [prefix = ''] = ServiceName.split('.');
        const used = (prefix === 'bedrock' ? ['bedrock', 'bedrock-mantle'] : [prefix]).some((it) =>
          inWindow(dates[it]?.at),
        );
        if (used) return own.length + live.length === 1 ? ('fresh' as const) : ('untrackable' as const);
        return before(CreateDate) ? ('stale' as const) : ('fresh' as const);
      });
      const states = [
        ...own.map((date) => (before(date) ? ('stale' as const) : ('fresh' as const))),
        ...ofServices,
        ...(sealed.includes(row['user'] ?? '') ? ['unread' as const] : []),
      ];
      const state = (['stale', 'unread', 'untrackable', 'fresh'] as const).find((it) => states.includes(it));
      if (state !== undefined) counted[state] += 1;
    }
  }
  expect(planted('credential.stale-user-rate')).toMatchObject({
    numerator: counted.stale,
    denominator: counted.stale + counted.fresh,
    unread: counted.unread,
    untrackable: counted.untrackable,
  });
});

describe('logging', () => {
  type Selector = { Field: string | undefined; Equals?: string[] | undefined };
  const asFields = (selector: { FieldSelectors: Selector[] | undefined }) => selector.FieldSelectors ?? [];

  /** The class a selector is about, and the fields that narrow it. */
  function aboutOf(fields: readonly Selector[]) {
    const value = (name: string) => fields.find(({ Field }) => Field === name)?.Equals?.[0];
    const narrowing = fields.filter(({ Field }) => Field !== 'eventCategory' && Field !== 'resources.type');
    return { type: value('eventCategory') === 'Management' ? 'management' : value('resources.type'), narrowing };
  }

  /** What a source selects by class: `full`, or the narrowing selectors. */
  function selected(advanced: { FieldSelectors: Selector[] | undefined }[]) {
    const abouts = advanced.map((selector) => aboutOf(asFields(selector)));
    return (type: string) => {
      const mine = abouts.filter((about) => about.type === type);
      const reads = new Set(
        mine
          .filter(({ narrowing }) => narrowing.length === 1)
          .map(({ narrowing }) => narrowing[0]?.Field === 'readOnly' && narrowing[0].Equals?.[0]),
      );
      if (mine.some(({ narrowing }) => narrowing.length === 0) || (reads.has('true') && reads.has('false')))
        return 'covered';
      return mine.length > 0 ? 'partial' : 'not-covered';
    };
  }

  async function sourcesIn(account: string, region: string) {
    const reader = readers.for(inRegion(account, region));
    const trails = (await reader.call('cloudtrail:DescribeTrails', {})).output.trailList ?? [];
    const sources: ((type: string) => string)[] = [];
    for (const { TrailARN = '', HomeRegion = '', IsOrganizationTrail } of trails) {
      if ((await reader.call('cloudtrail:GetTrailStatus', { Name: TrailARN })).output.IsLogging !== true) continue;
      const owner = IsOrganizationTrail === true ? idOf('management') : account;
      const home = readers.for(inRegion(owner, HomeRegion));
      const { output } = await home.call('cloudtrail:GetEventSelectors', { TrailName: TrailARN });
      const basic = output.EventSelectors?.[0]?.ReadWriteType ?? 'All';
      const ofBasic = (type: string) =>
        type !== 'management' ? 'not-covered' : basic === 'All' ? 'covered' : 'partial';
      sources.push(output.AdvancedEventSelectors === undefined ? ofBasic : selected(output.AdvancedEventSelectors));
    }
    return sources;
  }

  /** The only store of the demo lies in us-east-1 of ai-research and gathers all Regions. */
  async function storesOf(account: string) {
    const reader = readers.for(inRegion(account, 'us-east-1'));
    const [page] = await pages(readers, inRegion(account, 'us-east-1'), 'cloudtrail:ListEventDataStores', {});
    const found = (page?.EventDataStores ?? []).map((it) => ({ EventDataStore: it.EventDataStoreArn }));
    const stores = await Promise.all(found.map((input) => reader.call('cloudtrail:GetEventDataStore', input)));
    return stores.map(({ output }) => selected(output.AdvancedEventSelectors ?? []));
  }

  test('cells by class are the planted ones', async () => {
    const cells = new Map<string, Record<string, number>>();
    for (const { id } of answering) {
      const RegionOptStatusContains = ['ENABLED' as const, 'ENABLED_BY_DEFAULT' as const];
      const found = await pages(readers, global(id), 'account:ListRegions', { RegionOptStatusContains });
      const stores = await storesOf(id);
      for (const { RegionName = '' } of found.flatMap((page) => page.Regions ?? [])) {
        const sources = [...(await sourcesIn(id, RegionName)), ...stores];
        for (const type of ['management', ...coreAiEventClasses]) {
          const got = sources.map((source) => source(type));
          const status = ['covered', 'partial'].find((wanted) => got.includes(wanted)) ?? 'not-covered';
          const row = cells.get(type) ?? { covered: 0, partial: 0, 'not-covered': 0, 'not-measured': 0 };
          cells.set(type, { ...row, [status]: (row[status] ?? 0) + 1 });
        }
      }
    }
    expect(Object.fromEntries(demoTruth.logging.map((row) => [row.eventClass, row.cells]))).toEqual(
      Object.fromEntries(cells),
    );
    const covered = [...cells]
      .filter(([type]) => type !== 'management')
      .reduce((sum, [, row]) => sum + (row['covered'] ?? 0), 0);
    const total = 14 * 376;
    expect(planted('logging.ai-data-event-coverage')).toMatchObject({ numerator: covered, denominator: total });
    expect(planted('logging.management-coverage')).toMatchObject({
      numerator: cells.get('management')?.['covered'],
      denominator: 376,
    });
  });
});

describe('organisation', () => {
  /** All accounts below a parent, with the depth of their OU. */
  async function below(ParentId: string, depth: number): Promise<{ name: string; state: string; depth: number }[]> {
    const own = await pages(readers, organization, 'organizations:ListAccountsForParent', { ParentId });
    const units = await pages(readers, organization, 'organizations:ListOrganizationalUnitsForParent', { ParentId });
    const deeper = await Promise.all(
      units.flatMap((page) => page.OrganizationalUnits ?? []).map((unit) => below(unit.Id ?? '', depth + 1)),
    );
    const here = own.flatMap((page) => page.Accounts ?? []);
    return [...here.map(({ Name = '', State = '' }) => ({ name: Name, state: State, depth })), ...deeper.flat()];
  }

  test('24 accounts lie in three levels of OUs', async () => {
    const found = await below('r-a1b2', 0);
    expect(found).toHaveLength(demoTruth.accounts.discovered);
    expect(found.filter(({ state }) => state === 'SUSPENDED')).toHaveLength(demoTruth.accounts.suspended);
    expect(Math.max(...found.map(({ depth }) => depth))).toBe(3);
  });

  test.each([
    ['SERVICE_CONTROL_POLICY', 14],
    ['RESOURCE_CONTROL_POLICY', 2],
  ] as const)('every %s parses and is attached, at most ten to a target', async (Filter, count) => {
    const found = await pages(readers, organization, 'organizations:ListPolicies', { Filter });
    const policies = found.flatMap((page) => page.Policies ?? []);
    const attached = new Map<string, number>();
    for (const { Id: PolicyId } of policies) {
      const { output } = await readers.for(organization).call('organizations:DescribePolicy', { PolicyId });
      expect(JSON.parse(output.Policy?.Content ?? '')).toHaveProperty('Statement');
      const targets = await pages(readers, organization, 'organizations:ListTargetsForPolicy', { PolicyId });
      const ids = targets.flatMap((page) => page.Targets ?? []).map(({ TargetId = '' }) => TargetId);
      expect(ids.length).toBeGreaterThan(0);
      for (const id of ids) attached.set(id, (attached.get(id) ?? 0) + 1);
    }
    expect(new Set(policies.map(({ Id }) => Id)).size).toBe(count);
    expect(Math.max(...attached.values())).toBeLessThanOrEqual(10);
  });

  test('the same clock gives the same organisation', () => {
    expect(demoOrganization(clock)).toEqual(demoOrganization(clock));
  });
});
