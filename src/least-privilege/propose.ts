import type { AuthorizationDetails, LastAccessedReport, RoleFact, UserFact } from '../domain/facts.ts';
import type { Gap } from '../domain/gap.ts';
import type { Reading } from '../domain/reading.ts';
import type { Window } from '../domain/window.ts';
import { prefixOf } from '../iam/action-set.ts';
import { parsePolicy } from '../iam/parse.ts';
import type { IdentityHolder } from '../judge/holders.ts';
import { draftsOf, shortened } from './draft.ts';
import { type Grant, grantsOf, type Replaced, replacedBy } from './grants.ts';
import { mostAttached, type Packed, packed } from './pack.ts';
import { type Proof, proofOf } from './proof.ts';
import { spokenOf, type Universe, universeOf } from './universe.ts';
import { type Unmeasured, usageOf } from './usage.ts';

/** A policy scoped to what an identity used, what it changes, and the proof that it takes only what was not used. */
export interface Proposal extends Packed {
  readonly arn: string;
  /** Null where usage was measured; else why nothing is taken away. */
  readonly unmeasured: Unmeasured | null;
  readonly replaces: Replaced;
  readonly proof: Proof;
  /** How closely AWS tells of each service that keeps something. */
  readonly levels: readonly ServiceLevel[];
  /** Wildcards of used services in whose place names stand now. */
  readonly spelledOut: readonly string[];
  /** Whether names had to be shortened to wildcards to fit. */
  readonly shortened: boolean;
}

/** `action`: single actions are tracked and the others were taken away; `service`: only the service is; `none`: not even that. */
export interface ServiceLevel {
  readonly service: string;
  readonly level: 'action' | 'service' | 'none';
  /** The last attempt at anything of the service, ISO; null where none is recorded. */
  readonly lastUsed: string | null;
  readonly actions: number;
}

/** An identity of which some policy could not be read: a new one could lose what that one grants. */
export interface NotProposed {
  readonly arn: string;
  readonly unread: Gap;
}

export interface Identity {
  readonly holder: IdentityHolder;
  readonly fact: UserFact | RoleFact;
  readonly authorization: AuthorizationDetails;
  readonly report: Reading<LastAccessedReport> | undefined;
}

/** Scopes the policies of one identity to its use in the window. */
export function leastPrivilege(identity: Identity, window: Window): Proposal | NotProposed {
  const { holder, fact, authorization, report } = identity;
  if (holder.nominalUnread !== null) return { arn: holder.arn, unread: holder.nominalUnread };
  const grants = grantsOf(fact, authorization);
  const services = report?.kind === 'known' ? report.value.services : [];
  const tracked = services.flatMap(({ namespace, tracked: list }) =>
    list.map(({ action }) => `${namespace}:${action}`),
  );
  const universe = universeOf(
    [...grants.flatMap(({ statement }) => statement.actions), ...tracked],
    services.map(({ namespace }) => namespace),
  );
  const usage = usageOf(fact, report, servicesGranted(grants, universe), window);
  const { drafts, spelledOut } = draftsOf(grants, universe, usage);
  const first = packed(drafts);
  const tooMany = first.policies.length > mostAttached && usage.unmeasured === null;
  const fitted = tooMany ? packed(drafts.map((draft) => shortened(draft, universe, usage))) : first;
  const policies = fitted.policies.map(({ document }, at) => parsePolicy(document, 'identity', `new policy ${at + 1}`));
  const { nominal, effective } = holder;
  const proof = proofOf({ nominal, effective, policies, universe, usage });
  return {
    arn: holder.arn,
    unmeasured: usage.unmeasured,
    ...fitted,
    replaces: replacedBy(fact),
    proof,
    levels: usage.unmeasured === null ? levelsOf(proof, services) : [],
    spelledOut,
    shortened: tooMany,
  };
}

function servicesGranted(grants: readonly Grant[], universe: Universe): Set<string> {
  const allows = grants.filter(({ statement }) => statement.effect === 'Allow');
  return new Set(allows.flatMap(({ statement }) => [...spokenOf(statement, universe).keys()]));
}

function levelsOf({ diff }: Proof, services: LastAccessedReport['services']): ServiceLevel[] {
  const told = new Map(services.map((service) => [service.namespace, service]));
  const kept = Map.groupBy([...diff['kept-used'], ...diff['kept-untrackable']], (action) => prefixOf(action));
  return [...kept]
    .map(([service, actions]): ServiceLevel => {
      const report = told.get(service);
      const level = report === undefined ? 'none' : report.tracked.length > 0 ? 'action' : 'service';
      return { service, level, lastUsed: report?.lastAuthenticated ?? null, actions: actions.length };
    })
    .sort((one, other) => (one.service < other.service ? -1 : 1));
}
