import { type Collecting, collecting } from '../collectors/define.ts';
import {
  accessAnalyzers,
  accountAccess,
  accountSummary,
  authorizationDetails,
  claudeWorkspaces,
  configRecorders,
  credentialReport,
  enabledRegions,
  enforcedGuardrails,
  eventDataStores,
  eventRules,
  identityProviders,
  lastAccessed,
  mfaDevices,
  modelInvocationLogging,
  outboundFederation,
  passwordPolicy,
  serverCertificates,
  serviceSpecificCredentials,
  signingCertificates,
  sshPublicKeys,
  trailSettings,
  trails,
  workspaceEvents,
} from '../collectors/index.ts';
import type { LastAccessedAsk } from '../collectors/last-accessed/collector.ts';
import type { AccountFacts, LoggingFacts, SharedFacts, TrailFact } from '../domain/facts.ts';
import { isServiceLinked } from '../domain/identity.ts';
import { type AccountId, accountOfArn } from '../domain/ids.ts';
import type { PlannedAccount } from '../domain/night.ts';
import { itemsOf, type Reading } from '../domain/reading.ts';
import { usersOf } from '../judge/identities.ts';
import { holdersOfNone } from '../judge/permissions.ts';
import type { AwsReaders } from '../ports/aws-reader.ts';
import { withoutGone } from './gone.ts';
import { logForwarding } from './log-forwarding.ts';

/** Hands each collector its own readers: recording ones tape per collector, replaying ones need no difference. */
export type ReadersOf = (collector: string) => AwsReaders;

/**
 * Reads one account, collector by collector. Collecting and judging both run exactly this, over recording and over replaying
 * readers, which is why a transcript re-performs a night.
 */
export async function accountFacts(
  readersOf: ReadersOf,
  planned: PlannedAccount,
  session: string,
  shared: SharedFacts,
  pause: Collecting['pause'],
): Promise<AccountFacts> {
  const { account, role } = planned;
  const through = (collector: { readonly id: string }): Collecting =>
    collecting(readersOf(collector.id), account, pause);
  const access = await accountAccess.collect(through(accountAccess), { role, session });
  if (access.kind === 'unknown') return nothingOf(planned, access);
  const regions = await enabledRegions.collect(through(enabledRegions));
  const authorization = await authorizationDetails.collect(through(authorizationDetails));
  const report = await credentialReport.collect(through(credentialReport));
  const credentials = await serviceSpecificCredentials.collect(through(serviceSpecificCredentials), {
    authorization,
    report,
  });
  const reports = await lastAccessed.collect(
    through(lastAccessed),
    asksOf({ authorization, credentialReport: report }, shared, planned),
  );
  const standing = withoutGone({
    authorization,
    credentialReport: report,
    serviceCredentials: credentials,
    lastAccessed: reports,
  });
  const readElsewhere = new Set(shared.trails.map(({ arn }) => arn));
  const logging: LoggingFacts = {
    trails: await trails.collect(through(trails), { regions: regions.regions, readElsewhere }),
    stores: await eventDataStores.collect(through(eventDataStores), { regions: regions.regions }),
  };
  return {
    account,
    access,
    regions,
    ...standing,
    logging,
    ...(await settingsOf(through, { account, ...standing, regions, logging })),
  };
}

/** Facts that no headline figure needs: read last, so that what one needs is never kept waiting. */
async function settingsOf(
  through: (collector: { readonly id: string }) => Collecting,
  read: Pick<AccountFacts, 'account' | 'authorization' | 'credentialReport' | 'regions' | 'logging'>,
): Promise<Omit<AccountFacts, keyof typeof read | 'access' | 'serviceCredentials' | 'lastAccessed'>> {
  const where = { regions: read.regions.regions };
  const who = { users: usersOf(read).map(({ name }) => name) };
  return {
    sshKeys: await sshPublicKeys.collect(through(sshPublicKeys), who),
    signingCertificates: await signingCertificates.collect(through(signingCertificates), who),
    mfa: await mfaDevices.collect(through(mfaDevices), who),
    summary: await accountSummary.collect(through(accountSummary)),
    passwordPolicy: await passwordPolicy.collect(through(passwordPolicy)),
    serverCertificates: await serverCertificates.collect(through(serverCertificates)),
    identityProviders: await identityProviders.collect(through(identityProviders)),
    outboundFederation: await outboundFederation.collect(through(outboundFederation)),
    trailSettings: await trailSettings.collect(through(trailSettings), { trails: ownTrails(read) }),
    invocationLogging: await modelInvocationLogging.collect(through(modelInvocationLogging), where),
    enforcedGuardrails: await enforcedGuardrails.collect(through(enforcedGuardrails), where),
    analyzers: await accessAnalyzers.collect(through(accessAnalyzers), where),
    recorders: await configRecorders.collect(through(configRecorders), where),
    workspaces: await claudeWorkspaces.collect(through(claudeWorkspaces), where),
    workspaceEvents: await workspaceEvents.collect(through(workspaceEvents), where),
    forwarding: {
      ...(await logForwarding(through, ownTrails(read))),
      ...(await eventRules.collect(through(eventRules), where)),
    },
  };
}

/** Trails that the account owns: AWS tells nobody else their settings. */
function ownTrails({ account, logging }: { readonly account: AccountId; readonly logging: LoggingFacts }): TrailFact[] {
  const seen = Object.values(logging.trails).flatMap(itemsOf);
  return seen.filter(({ arn }) => accountOfArn(arn) === account);
}

/**
 * Whom to ask about: every user and role that was read, but not the roles of AWS's own services. And how closely: action by action where a
 * sensitive permission is held, or may be, since its policies were not read; by service for the rest (domain facts E.1).
 */
function asksOf(
  read: Pick<AccountFacts, 'authorization' | 'credentialReport'>,
  shared: SharedFacts,
  planned: PlannedAccount,
): LastAccessedAsk[] {
  const { roles } = read.authorization;
  const own = roles.kind === 'known' ? roles.value.filter(({ path }) => !isServiceLinked(path)) : [];
  const arns = new Set([...usersOf(read), ...own].map(({ arn }) => arn));
  const none = holdersOfNone(read, shared, planned);
  return [...arns].map((arn) => ({ arn, granularity: none.has(arn) ? 'SERVICE_LEVEL' : 'ACTION_LEVEL' }));
}

/** An account that could not be entered: every fact is unknown for the one reason. */
function nothingOf({ account }: PlannedAccount, why: Extract<Reading<never>, { kind: 'unknown' }>): AccountFacts {
  return {
    account,
    access: why,
    regions: { regions: [], assumed: false, reading: why },
    authorization: { users: why, groups: why, roles: why, policies: why },
    credentialReport: why,
    serviceCredentials: { byService: { all: why }, byUser: {} },
    lastAccessed: {},
    logging: { trails: {}, stores: {} },
    sshKeys: {},
    signingCertificates: {},
    mfa: { virtual: why, byUser: {} },
    summary: why,
    passwordPolicy: why,
    serverCertificates: why,
    identityProviders: { saml: why, oidc: why },
    outboundFederation: why,
    trailSettings: {},
    invocationLogging: {},
    enforcedGuardrails: {},
    analyzers: {},
    recorders: {},
    workspaces: {},
    workspaceEvents: {},
    forwarding: { groups: {}, alarms: {}, rules: {}, buses: {} },
  };
}

/** The name of the assumed-role session carries the run id, so that CloudTrail shows which night asked. */
export const sessionName = (run: string): string => `assay-${run}`;
