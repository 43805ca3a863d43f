import { sensitiveClasses } from '../catalogue/sensitive/index.ts';
import { agentSubset, figureKinds } from '../domain/identity.ts';
import type { OrganizationalUnit, PlannedAccount } from '../domain/night.ts';
import { addShares, bounds, noShare, pessimisticBound, populationOf, type Share, unknownOf } from '../domain/share.ts';
import type { Metric as MetricValue } from '../domain/summary.ts';
import type { AccountRow, Basis, Figure } from '../domain/tables.ts';
import type { Metric } from '../metrics/define.ts';
import { basesOf } from '../metrics/figures.ts';

/** A figure in one scope while accounts are added to it. */
interface Total {
  share: Share;
  readonly notMeasured: string[];
}

/** Figures by metric and scope. Addition is associative and commutative but for the order of the lists, which is the plan's. */
export class Totals {
  readonly #totals = new Map<string, Map<string, Total>>();
  readonly #accountsListed: boolean;

  /** `accountsListed` false: an organisation exists whose accounts nobody could list, so figures over all of them stay open. */
  constructor(accountsListed = true) {
    this.#accountsListed = accountsListed;
  }

  /** Adds one account's settled figures to the organisation, its OUs, itself and the kinds; those of a class, or of agent roles, to that alone. */
  add({ account, ou, figures }: Pick<AccountRow, 'account' | 'ou' | 'figures'>): void {
    const scopes = ['organization', ...ou.map((id) => `ou:${id}`), `account:${account}`];
    for (const figure of figures) {
      const hidden = figure.population === 'never-measured' ? account : null;
      const ofKind = figure.kind === 'all' ? [] : [`kind:${figure.kind}`];
      const into = figure.kind === agentSubset ? ofKind : [...scopes, ...ofKind];
      for (const scope of figure.class === null ? into : [`class:${figure.class}`])
        this.#enter(keyOf(figure.id, figure.basis), scope, figure, hidden);
    }
  }

  #enter(key: string, scope: string, share: Share, notMeasured: string | null): void {
    const scopes = this.#totals.get(key) ?? new Map<string, Total>();
    this.#totals.set(key, scopes);
    const total = scopes.get(scope) ?? { share: noShare, notMeasured: [] };
    scopes.set(scope, total);
    total.share = addShares(total.share, share);
    if (notMeasured !== null && total.notMeasured.at(-1) !== notMeasured) total.notMeasured.push(notMeasured);
  }

  /** The figures of every scope that has somebody to count; organisation first, then OUs, kinds, classes, accounts. */
  metrics(metrics: readonly Metric[], ous: readonly OrganizationalUnit[], accounts: readonly string[]): MetricValue[] {
    const scopes = [
      'organization',
      ...ous.map(({ id }) => `ou:${id}`),
      ...figureKinds.map((kind) => `kind:${kind}`),
      ...sensitiveClasses.map(({ id }) => `class:${id}`),
      ...accounts.map((account) => `account:${account}`),
    ];
    return metrics.flatMap((metric) =>
      basesOf(metric).flatMap((basis) =>
        scopes.flatMap((scope) =>
          metricOf(metric, basis, scope, this.#totals.get(keyOf(metric.id, basis))?.get(scope), this.#hides(scope)),
        ),
      ),
    );
  }

  /** Whether accounts that nobody could list may belong to a scope. */
  #hides(scope: string): boolean {
    return !this.#accountsListed && !scope.startsWith('ou:') && !scope.startsWith('account:');
  }

  /** Figures of the organisation over nobody, with the accounts that hide their population. */
  leftOut(metrics: readonly Metric[]): { id: string; accountsNotMeasured: string[] }[] {
    return metrics.flatMap(({ id }) => {
      const total = this.#totals.get(keyOf(id, 'effective'))?.get('organization');
      return total !== undefined && bounds(total.share) !== undefined
        ? []
        : [{ id, accountsNotMeasured: [...(total?.notMeasured ?? [])] }];
    });
  }
}

const keyOf = (metric: string, basis: Basis): string => `${metric}|${basis}`;

/** What names one cell of a figure in an account, for its population of last night. */
export const cellKey = ({
  id,
  basis,
  kind,
  class: sensitive,
}: Pick<Figure, 'id' | 'basis' | 'kind' | 'class'>): string =>
  [id, kind, basis, ...(sensitive === null ? [] : [sensitive])].join('|');

/** A population that was not listed whole tonight counts as large as it last was: what is missing goes to `unread` (design §3). */
export function settle(figures: readonly Figure[], { lastPopulation }: PlannedAccount): Figure[] {
  return figures.map((figure) => {
    const last = lastPopulation?.[cellKey(figure)];
    if (figure.population === 'enumerated' || last === undefined) return figure;
    const missing = Math.max(0, last - populationOf(figure));
    return { ...figure, population: 'last-measured', unread: figure.unread + missing };
  });
}

function metricOf(
  { id, version, unit, worse }: Metric,
  basis: Basis,
  scope: string,
  total: Total | undefined,
  hides: boolean,
): MetricValue[] {
  const ends = total === undefined ? undefined : bounds(total.share);
  if (total === undefined || ends === undefined) return []; // nobody to count
  const { numerator, denominator, untrackable, unread } = total.share;
  const open = hides || total.notMeasured.length > 0;
  return [
    {
      id,
      version,
      unit,
      scope,
      basis,
      worse,
      numerator,
      denominator,
      untrackable,
      unread,
      unknown: unknownOf(total.share),
      lower: ends[0],
      upper: ends[1],
      pessimistic: pessimisticBound(total.share, worse, open) ?? 1,
      open,
      accountsNotMeasured: [...total.notMeasured],
    },
  ];
}
