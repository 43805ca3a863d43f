import { sensitiveClassesOf } from '../catalogue/sensitive/index.ts';
import type { AccountFacts, RoleFact, SharedFacts } from '../domain/facts.ts';
import type { PlannedAccount } from '../domain/night.ts';
import { type AgentRow, type DeputyGrade, deputyGrades, type IdentityRow } from '../domain/tables.ts';
import { type Deputy, deputyOf } from './deputy.ts';
import { limitsOf } from './holders.ts';
import type { JudgedPermissions } from './permissions.ts';
import { namesSubjects, type Trust, trustOf } from './trust.ts';

/** The agent identities of an account: roles that an AI service may act as, on whose behalf, and what they hold. AWS's own are left out. */
export function judgeAgents(
  { authorization: { roles } }: Pick<AccountFacts, 'authorization'>,
  shared: SharedFacts,
  planned: Pick<PlannedAccount, 'account' | 'ou'>,
  identities: readonly IdentityRow[],
  permissions: Pick<JudgedPermissions, 'rows'>,
): AgentRow[] {
  if (roles.kind === 'unknown') return [];
  const rows = new Map(identities.map((row) => [row.arn, row]));
  const permitted = Map.groupBy(permissions.rows, ({ arn }) => arn);
  const rcps = limitsOf(shared, planned).rcps;
  const organization = shared.organization.kind === 'known' ? shared.organization.value : undefined;
  return roles.value.flatMap((role): AgentRow[] => {
    const row = rows.get(role.arn);
    if (row === undefined || row.agent !== 'yes' || row.kind === 'service-linked-role') return [];
    const trust = trustOf(role);
    const held = (permitted.get(role.arn) ?? []).filter(({ effective }) => effective !== 'denied');
    return [
      {
        id: role.arn,
        account: planned.account,
        arn: role.arn,
        name: role.name,
        kind: row.kind,
        services: [...trust.services],
        audiences: [...trust.audiences],
        ...standing(role, trust, { rcps, organization, account: planned.account }),
        activity: row.activity,
        tooNew: row.tooNew,
        sensitive: row.sensitive?.effective ?? null,
        classes: [...new Set(held.flatMap(({ actions }) => actions).flatMap(sensitiveClassesOf))].sort(),
      },
    ];
  });
}

type Opened = Omit<Parameters<typeof deputyOf>[0], 'arn' | 'trust'>;

/** The widest of what its services, and web identity tokens, may do on behalf of others. */
function standing(
  { arn }: RoleFact,
  { policy, services, audiences }: Trust,
  opened: Opened,
): Pick<AgentRow, 'deputy' | 'why' | 'sourceless' | 'witness'> {
  if (policy === null) return { deputy: 'not-measured', why: words['not-measured'], sourceless: false, witness: null };
  const found = services.map((service) => deputyOf({ ...opened, arn, trust: policy }, service));
  const byToken: Deputy[] =
    audiences.length === 0
      ? []
      : [{ grade: namesSubjects(policy) ? 'named-subjects' : 'any-subject', witness: null, sourceless: false }];
  const [widest] = [...found, ...byToken].toSorted((a, b) => width(b.grade) - width(a.grade));
  const deputy = widest?.grade ?? 'not-measured';
  const sourceless = found.some((it) => it.sourceless);
  return { deputy, why: words[deputy], sourceless, witness: widest?.witness ?? null };
}

/** What could not be judged may be as wide as anything but what was shown to be. */
const width = (grade: DeputyGrade): number =>
  (grade === 'not-measured' ? 5.5 : deputyGrades.indexOf(grade)) - (grade === 'any-account' ? -1 : 0);

const words: Readonly<Record<DeputyGrade, string>> = {
  'own-account': 'a request on behalf of another account is denied',
  organization: 'a request on behalf of any account of the organisation is allowed',
  'named-subjects': 'tokens of the subjects that the trust policy names are accepted',
  'named-accounts': 'a request on behalf of other accounts that a policy names is allowed',
  'any-subject': 'a token for whatever subject is accepted',
  'any-account': 'a request on behalf of any other account is allowed',
  'not-measured': 'the trust policy, or the organisation its conditions ask for, could not be judged',
};
