import { consoleEntry, workspaceAdministration, workspaceUse } from '../catalogue/workspace-actions.ts';
import type { RecordedWorkspace } from '../domain/account-settings.ts';
import type { AccountFacts, SharedFacts } from '../domain/facts.ts';
import { type GuardrailSettings, guardrailSettings } from '../domain/guardrail-settings.ts';
import type { PlannedAccount } from '../domain/night.ts';
import { itemsOf } from '../domain/reading.ts';
import type { GuardrailRow, WorkspaceRow, WorkspaceSource } from '../domain/tables.ts';
import { gradeOf } from '../guardrails/grade.ts';
import { aiWorkspaceDataAllowList } from '../guardrails/index.ts';
import { ActionSet } from '../iam/action-set.ts';
import { Position } from '../iam/holder.ts';
import { reachOf, type Verdict } from '../iam/reach.ts';
import { type IdentityHolder, limitsOf } from './holders.ts';

type Place = Pick<PlannedAccount, 'account' | 'ou'>;
type Sources = Pick<AccountFacts, 'authorization' | 'workspaces' | 'workspaceEvents'>;

/** A workspace, and what everything that shows it tells of it. */
interface Seen {
  readonly id: string;
  readonly partition: string;
  readonly region: string | null;
  readonly name: string | null;
  readonly lastEvent: string | null;
  readonly sources: ReadonlySet<WorkspaceSource>;
}

/** The account's guardrails as they were graded, and against what. */
interface GradedBy {
  readonly guardrails: readonly GuardrailRow[];
  readonly settings?: GuardrailSettings | undefined;
}

/** Every workspace of an account that some source shows, with who may administer and use it, and which fence holds. */
export function judgeWorkspaces(
  facts: Sources,
  shared: SharedFacts,
  planned: Place,
  holders: ReadonlyMap<string, IdentityHolder>,
  { guardrails, settings = guardrailSettings }: GradedBy,
): WorkspaceRow[] {
  const seen = seenIn(facts, shared, planned.account);
  const asked = [...holders.values()].map((holder) => new Asked(holder));
  const { users, roles } = facts.authorization;
  const listed = users.kind === 'known' && roles.kind === 'known';
  return seen.map(({ id, partition, region, name, lastEvent, sources }) => {
    const arnIn = (where: string): string =>
      `arn:${partition}:aws-external-anthropic:${where}:${planned.account}:workspace/${id}`;
    const sample = arnIn(region ?? 'us-east-1');
    return {
      id: `${planned.account}/${region ?? '*'}/${id}`,
      account: planned.account,
      region,
      workspace: id,
      name,
      sources: [...sources].sort(),
      lastEvent,
      admins: reachersOf(asked, listed, (it) => [
        ...it.on(workspaceAdministration, sample),
        ...it.on(consoleEntry, '*'),
      ]),
      users: reachersOf(asked, listed, (it) => it.on(workspaceUse, sample)),
      fence: {
        data: dataFence(arnIn(region ?? '*'), shared, planned, { guardrails, settings }),
        admin: gradeIn(guardrails, 'ai-workspace-admin-allow-list'),
      },
    };
  });
}

const gradeIn = (rows: readonly GuardrailRow[], id: string): GuardrailRow['grade'] =>
  rows.find(({ guardrail }) => guardrail === id)?.grade ?? 'not-measured';

/** The allow-list on the data of one workspace: proven for it alone where not all workspaces of the account are known to be fenced. */
function dataFence(
  resource: string,
  shared: SharedFacts,
  planned: Place,
  { guardrails, settings }: Required<GradedBy> & { readonly settings: GuardrailSettings },
): GuardrailRow['grade'] {
  const whole = gradeIn(guardrails, aiWorkspaceDataAllowList.id);
  if (whole === 'enforced' || whole === 'not-applicable') return whole;
  const { scps, rcps, doubts } = limitsOf(shared, planned);
  const organization = shared.organization.kind === 'known' ? shared.organization.value : null;
  const ofThis = {
    ...aiWorkspaceDataAllowList,
    probes: (guarded: Parameters<typeof aiWorkspaceDataAllowList.probes>[0]) =>
      aiWorkspaceDataAllowList.probes(guarded).map((probe) => ({ ...probe, resource })),
  };
  const { account } = planned;
  const { partition } = shared;
  const fence = { account, partition, organization, scps, rcps };
  const { grade } = gradeOf(ofThis, { account, partition, ...settings }, fence, settings.approved);
  return doubts.length > 0 && grade !== 'enforced' ? 'not-measured' : grade;
}

/** An identity, asked what it can do with workspaces. */
class Asked {
  readonly holder: IdentityHolder;
  readonly #position: Position;

  constructor(holder: IdentityHolder) {
    this.holder = holder;
    this.#position = new Position(holder.effective);
  }

  /** A policy of the identity itself could not be read: then it may do anything. */
  get isDark(): boolean {
    return this.holder.nominalUnread !== null;
  }

  on(actions: readonly string[], resource: string): Verdict[] {
    const set = new ActionSet(actions);
    const { caller, knowledge } = this.holder.effective;
    return actions.map((_, at) => reachOf(this.#position.on(set, at), knowledge, { caller, resource }).verdict);
  }
}

const namedAtMost = 20;

function reachersOf(
  asked: readonly Asked[],
  listed: boolean,
  verdictsOf: (it: Asked) => readonly Verdict[],
): WorkspaceRow['users'] {
  const counts = { listed, allowed: 0, conditional: 0, unread: 0, named: [] as string[] };
  for (const it of asked) {
    const verdicts = it.isDark ? (['conditional'] as const) : verdictsOf(it);
    if (verdicts.every((verdict) => verdict === 'denied')) continue;
    const { arn, limitsUnread, hangsOnOrganization } = it.holder;
    const sure = verdicts.includes('allowed');
    if (it.isDark || limitsUnread !== null || (hangsOnOrganization && !sure)) counts.unread += 1;
    else counts[sure ? 'allowed' : 'conditional'] += 1;
    if (counts.named.length < namedAtMost) counts.named.push(arn);
  }
  return counts;
}

/** What one source tells of a workspace. */
type Sight = Pick<Seen, 'id' | 'region'> & {
  readonly source: WorkspaceSource;
  readonly partition?: string | null | undefined;
  readonly name?: string | null;
  readonly lastEvent?: string | null;
};

/** Every workspace by its id, with what all its sights tell together: of two that tell the same, the first. */
function seenIn(facts: Sources, shared: SharedFacts, account: string): Seen[] {
  const found = new Map<string, Seen>();
  const gone = archivedIn(facts);
  const sights = [...listed(facts), ...recorded(facts), ...spelledOut(facts, shared, account)];
  for (const { id, region, source, partition, name, lastEvent } of sights) {
    if (gone.has(id)) continue;
    const there = found.get(id);
    found.set(id, {
      id,
      partition: there?.partition ?? partition ?? shared.partition ?? 'aws',
      region: there?.region ?? region,
      name: there?.name ?? name ?? null,
      lastEvent: there?.lastEvent ?? lastEvent ?? null,
      sources: new Set([...(there?.sources ?? []), source]),
    });
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What Cloud Control lists. */
const listed = ({ workspaces }: Sources): Sight[] =>
  Object.entries(workspaces).flatMap(([region, list]) =>
    list.kind === 'unknown'
      ? []
      : list.value.map(({ id, name, arn }) => ({
          id,
          region,
          name,
          partition: arn?.split(':')[1],
          source: 'cloud-control' as const,
        })),
  );

/** What recorded events name. */
const recorded = (facts: Sources): Sight[] =>
  eventsOf(facts).map(({ id, region, partition, last }) => ({
    id,
    region,
    partition,
    lastEvent: last,
    source: 'event' as const,
  }));

/** Those that events show to be archived are none any more, whatever policies still name, unless Cloud Control lists them. */
function archivedIn(facts: Sources): ReadonlySet<string> {
  const standing = new Set(listed(facts).map(({ id }) => id));
  return new Set(eventsOf(facts).flatMap(({ id, archived }) => (archived && !standing.has(id) ? [id] : [])));
}

const eventsOf = ({ workspaceEvents }: Sources): RecordedWorkspace[] => Object.values(workspaceEvents).flatMap(itemsOf);

/** ARNs in policies: those of the account's identities, and of the organisation where they name the account. */
function spelledOut({ authorization }: Sources, { scps, rcps }: SharedFacts, account: string): Sight[] {
  const lists = [authorization.users, authorization.roles, authorization.groups, authorization.policies];
  const own = lists.flatMap((list) => (list.kind === 'known' ? [list.value] : []));
  return [
    ...arnsIn(own).filter(({ owner }) => owner === account || owner === '*'),
    ...arnsIn([scps, rcps]).filter(({ owner }) => owner === account),
  ].map(({ id, region, partition }) => ({ id, region, partition, source: 'policy' as const }));
}

const workspaceArn =
  /arn:(aws[a-z-]*):aws-external-anthropic:([a-z0-9-]+|\*):(\d{12}|\*):workspace\/([A-Za-z0-9_-]+)(?=")/g;

function arnsIn(documents: unknown): { partition: string; region: string | null; owner: string; id: string }[] {
  const text = JSON.stringify(documents);
  return [...text.matchAll(workspaceArn)].map(([, partition = 'aws', region = '*', owner = '', id = '']) => ({
    partition,
    region: region === '*' ? null : region,
    owner,
    id,
  }));
}
