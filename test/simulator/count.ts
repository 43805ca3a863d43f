import { credentialServices } from '../../src/catalogue/credential-services.ts';
import { demoOrganization } from '../../src/simulator/demo/organization.ts';
import { places } from '../../src/simulator/demo/places.ts';
import { simulatorReaders } from '../../src/simulator/readers.ts';
import { authorizationDetails, credentialReport, global, pages } from './gather.ts';

// The identities of the demo, counted over AWS's raw answers without a line of the product.

export const clock = '2026-10-05T04:00:00Z';
export const start = Date.parse(clock) - 90 * 86_400_000;
export const demo = demoOrganization(clock);
export const readers = simulatorReaders(demo);
export const inWindow = (date: string | undefined): boolean => date !== undefined && Date.parse(date) >= start;
export const answering = places.filter(({ name }) => name !== 'acquired-erp' && name !== 'sandbox-2024');
export const readable = answering.filter(({ name }) => name !== 'data-lake');

/** What a last-accessed report says of one service: its last use, and that of each tracked action. */
export interface Accessed {
  readonly at: string | undefined;
  readonly actions: Readonly<Record<string, string | undefined>>;
}

export interface Counted {
  readonly arn: string;
  readonly kind: string;
  readonly tooNew: boolean;
  readonly activity: 'used' | 'unused' | 'unread';
  /** By service; undefined where there is no report to read. */
  readonly report: Readonly<Record<string, Accessed>> | undefined;
}

const listed = 'iam:ListServiceSpecificCredentials';

/** Of all users at once, or where that is refused user by user. `sealed`: users of whom both are. */
export async function listingsOf(account: string) {
  const lists = credentialServices.map((ServiceName) =>
    pages(readers, global(account), listed, { AllUsers: true, ServiceName }),
  );
  const whole = await Promise.all(lists).catch(() => null);
  if (whole !== null)
    return { sealed: [], credentials: whole.flat().flatMap((page) => page.ServiceSpecificCredentials ?? []) };
  const [, ...rows] = await credentialReport(readers, account);
  const names = rows.map(({ user = '' }) => user);
  const own = await Promise.all(
    names.map((UserName) => pages(readers, global(account), listed, { UserName }).catch(() => null)),
  );
  return {
    sealed: names.filter((_, index) => own[index] === null),
    credentials: own.flatMap((found) => found ?? []).flatMap((page) => page.ServiceSpecificCredentials ?? []),
  };
}

export const credentialsOf = async (account: string) => (await listingsOf(account)).credentials;

/** A last-accessed report, after as many polls as AWS wants; undefined where there is none to read. */
export async function reportOf(account: string, Arn: string): Promise<Counted['report']> {
  const reader = readers.for(global(account));
  try {
    const { output } = await reader.call('iam:GenerateServiceLastAccessedDetails', {
      Arn,
      Granularity: 'ACTION_LEVEL',
    });
    const get = () => pages(readers, global(account), 'iam:GetServiceLastAccessedDetails', { JobId: output.JobId });
    let found = await get();
    while (found[0]?.JobStatus === 'IN_PROGRESS') found = await get();
    if (found[0]?.JobStatus !== 'COMPLETED') return undefined;
    const services = found.flatMap((page) => page.ServicesLastAccessed ?? []);
    return Object.fromEntries(
      services.map(({ ServiceNamespace, LastAuthenticated, TrackedActionsLastAccessed = [] }) => [
        ServiceNamespace,
        {
          at: LastAuthenticated,
          actions: Object.fromEntries(
            TrackedActionsLastAccessed.map(({ ActionName, LastAccessedTime }) => [ActionName, LastAccessedTime]),
          ),
        },
      ]),
    );
  } catch {
    return undefined;
  }
}

const datesOf = (report: Counted['report']) => Object.values(report ?? {}).map(({ at }) => at);

export async function usersOf(account: string): Promise<Counted[]> {
  const { credentials, sealed } = await listingsOf(account);
  const holders = new Set(credentials.map((it) => it.UserName));
  const [, ...rows] = await credentialReport(readers, account);
  const reports = await Promise.all(rows.map((row) => reportOf(account, row['arn'] ?? '')));
  return rows.map((row, index) => {
    const report = reports[index];
    const used = ['password_last_used', 'access_key_1_last_used_date', 'access_key_2_last_used_date'];
    const unseen = report === undefined && (holders.has(row['user']) || row['cert_1_active'] === 'true');
    const blind = unseen || sealed.includes(row['user'] ?? '');
    const dates = [...used.map((column) => row[column]), ...datesOf(report)];
    return {
      arn: row['arn'] ?? '',
      kind: /^(AeaApiKey|BedrockAPIKey)-/.test(row['user'] ?? '') ? 'phantom-user' : 'user',
      tooNew: inWindow(row['user_creation_time']),
      activity: dates.some(inWindow) ? 'used' : blind ? 'unread' : 'unused',
      report,
    };
  });
}

export async function rolesOf(account: string): Promise<Counted[]> {
  const { roles } = await authorizationDetails(readers, account);
  const reports = await Promise.all(roles.map(({ Arn = '' }) => reportOf(account, Arn)));
  return roles.map(({ Arn = '', Path = '', RoleName, CreateDate, RoleLastUsed }, index) => ({
    arn: Arn,
    kind: Path.includes('aws-service-role')
      ? 'serviceLinkedRole'
      : Path.includes('sso.amazonaws.com')
        ? 'identity-center-role'
        : RoleName === 'AssayReader'
          ? 'assayReader'
          : RoleName === 'BreakGlass'
            ? 'breakGlass'
            : 'role',
    tooNew: inWindow(CreateDate),
    activity: [RoleLastUsed?.LastUsedDate, ...datesOf(reports[index])].some(inWindow) ? 'used' : 'unused',
    report: reports[index],
  }));
}
