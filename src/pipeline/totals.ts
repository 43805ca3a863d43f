import { sensitiveClasses } from '../catalogue/sensitive/index.ts';
import { agentSubset, figureKinds } from '../domain/identity.ts';
import type { OrganizationalUnit, PlannedAccount } from '../domain/night.ts';
import {
  addShares,
  bounds,
  noShare,
  pessimisticBound,
  populationOf,
  type Share,
  unknownOf,
  withExceptionsOf,
} from '../domain/share.ts';
import type { Metric as MetricValue } from '../domain/summary.ts';
import type { AccountRow, Basis, Figure } from '../domain/tables.ts';
import type { Metric } from '../metrics/define.ts';
import { basesOf } from '../metrics/figures.ts';

/** A figure in one scope while accounts are added to it. */
interface Total {
  share: Share;
  /** Of the worse side: what exceptions cover. */
  excepted: number;
  /** Accounts that were never measured, with their place in the plan. */
  readonly notMeasured: Map<string, number>;
}

/** What `Totals` is written down as: metric and basis, scope, share, accounts never measured with their place in the plan, what is excepted. */
export type TotalsData = [
  key: string,
  scope: string,
  share: Share,
  notMeasured: [account: string, place: number][],
  excepted: number,
][];

/** Figures by metric and scope. Addition is associative and commutative, so that parts of a night merge in any order. */
export class Totals {
  readonly #totals = new Map<string, Map<string, Total>>();

  /**
   * Adds one settled account of the plan to the organisation, its OUs, its owner and the kinds; those of a class, or of agent roles, to
   * that alone. An account whose tags were not read may be anybody's: it stands beside every owner's figure.
   */
  add(row: Pick<AccountRow, 'account' | 'ou' | 'owner' | 'ownerRead' | 'figures'>, place: number): void {
    const owners = row.ownerRead ? (row.owner === null ? [] : [ownerScope(row.owner)]) : [anybody];
    this.#addTo(['organization', ...row.ou.map((id) => `ou:${id}`), ...owners], row, place);
  }

  /** The figures of one account by itself, summed over its kinds. */
  static ofAccount(row: Pick<AccountRow, 'account' | 'figures'>, metrics: readonly Metric[]): MetricValue[] {
    const totals = new Totals();
    totals.#addTo([`account:${row.account}`], row, 0);
    return totals.#metricsIn(metrics, [`account:${row.account}`], true);
  }

  #addTo(
    scopes: readonly string[],
    { account, figures }: Pick<AccountRow, 'account' | 'figures'>,
    place: number,
  ): void {
    for (const figure of figures) {
      const notMeasured = new Map(figure.population === 'never-measured' ? [[account, place]] : []);
      const ofKind = figure.kind === 'all' ? [] : [`kind:${figure.kind}`];
      const into = figure.kind === agentSubset ? ofKind : [...scopes, ...ofKind];
      for (const scope of figure.class === null ? into : [`class:${figure.class}`])
        this.#enter(keyOf(figure.id, figure.basis), scope, {
          share: figure,
          notMeasured: scope === anybody && populationOf(figure) > 0 ? new Map([[account, place]]) : notMeasured,
          excepted: figure.excepted,
        });
    }
  }

  #enter(key: string, scope: string, { share, notMeasured, excepted }: Total): void {
    const scopes = this.#totals.get(key) ?? new Map<string, Total>();
    this.#totals.set(key, scopes);
    const total = scopes.get(scope) ?? { share: noShare, notMeasured: new Map(), excepted: 0 };
    scopes.set(scope, total);
    total.share = addShares(total.share, share);
    total.excepted += excepted;
    for (const [account, place] of notMeasured) total.notMeasured.set(account, place);
  }

  /** Adds another part of the night, as `toJSON` wrote it down. */
  merge(data: TotalsData): void {
    for (const [key, scope, share, notMeasured, excepted] of data)
      this.#enter(key, scope, { share, notMeasured: new Map(notMeasured), excepted });
  }

  toJSON(): TotalsData {
    const found = [...this.#totals].flatMap(([key, scopes]) =>
      [...scopes].map(
        ([scope, { share, notMeasured, excepted }]) =>
          [key, scope, share, inPlace(notMeasured), excepted] as TotalsData[number],
      ),
    );
    return found.sort((a, b) => compare(`${a[0]} ${a[1]}`, `${b[0]} ${b[1]}`));
  }

  /**
   * The figures of every scope that has somebody to count; organisation first, then OUs, owners, kinds, classes. `accountsListed` false: an
   * organisation exists whose accounts nobody could list, so figures over all of them stay open.
   */
  metrics(
    metrics: readonly Metric[],
    { ous, accountsListed }: { readonly ous: readonly OrganizationalUnit[]; readonly accountsListed: boolean },
  ): MetricValue[] {
    const scopes = [
      'organization',
      ...ous.map(({ id }) => `ou:${id}`),
      ...this.#owners(),
      ...figureKinds.map((kind) => `kind:${kind}`),
      ...sensitiveClasses.map(({ id }) => `class:${id}`),
    ];
    return this.#metricsIn(metrics, scopes, accountsListed);
  }

  #metricsIn(metrics: readonly Metric[], scopes: readonly string[], accountsListed: boolean): MetricValue[] {
    return metrics.flatMap((metric) =>
      basesOf(metric).flatMap((basis) =>
        scopes.flatMap((scope) => {
          const hides = !accountsListed && !scope.startsWith('ou:'); // who could not be listed may belong to any scope but an OU
          return metricOf(metric, basis, scope, this.#totalIn(keyOf(metric.id, basis), scope), hides);
        }),
      ),
    );
  }

  #owners(): string[] {
    const scopes = [...this.#totals.values()].flatMap((total) => [...total.keys()]);
    return [...new Set(scopes.filter((scope) => scope.startsWith(ownerPrefix)))].sort(compare);
  }

  /** What was added up in a scope. An owner may have more: the accounts whose owner nobody could read. */
  #totalIn(key: string, scope: string): Total | undefined {
    const total = this.#totals.get(key)?.get(scope);
    const hidden = scope.startsWith(ownerPrefix) ? this.#totals.get(key)?.get(anybody) : undefined;
    return total === undefined || hidden === undefined
      ? total
      : { ...total, notMeasured: new Map([...total.notMeasured, ...hidden.notMeasured]) };
  }

  /** Figures of the organisation over nobody, with the accounts that hide their population. */
  leftOut(metrics: readonly Metric[]): { id: string; accountsNotMeasured: string[] }[] {
    return metrics.flatMap(({ id }) => {
      const total = this.#totals.get(keyOf(id, 'effective'))?.get('organization');
      return total !== undefined && bounds(total.share) !== undefined
        ? []
        : [{ id, accountsNotMeasured: accountsIn(total?.notMeasured) }];
    });
  }
}

const ownerPrefix = 'owner:';
const ownerScope = (owner: string): string => ownerPrefix + owner;
/** Accounts that may be any owner's, since their tags were not read: added up like a scope, and no scope of its own. */
const anybody = 'owner?';

const inPlace = (notMeasured: ReadonlyMap<string, number>): [string, number][] =>
  [...notMeasured].sort(([, a], [, b]) => a - b);
const accountsIn = (notMeasured: ReadonlyMap<string, number> = new Map()): string[] =>
  inPlace(notMeasured).map(([account]) => account);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

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
  const open = hides || total.notMeasured.size > 0;
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
      accountsNotMeasured: accountsIn(total.notMeasured),
      ...withExceptionsOf(total.share, total.excepted, worse, open),
    },
  ];
}
