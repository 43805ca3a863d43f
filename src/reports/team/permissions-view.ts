import { figureKinds } from '../../domain/identity.ts';
import type { NightSummary } from '../../domain/summary.ts';
import type { Basis } from '../../domain/tables.ts';
import { basisBars } from '../charts/basis-bars.ts';
import { barOf, type FigureView, type Found, figureOf, findFigure, isCountedIn, labelOf, leastOf } from '../figures.ts';
import { type Markup, name } from '../markup.ts';
import { integer, plural } from '../numbers.ts';
import {
  allWays,
  basisWords,
  classTitle,
  identityRate,
  isOnPaperOnly,
  listedClasses,
  listWords,
  pairRate,
} from '../sensitive.ts';
import { capital, kindWords } from '../words.ts';
import { accountFigure } from './account-figures.ts';
import { listPath } from './holders-view.ts';
import { first, kept, type Ledger, type PermissionAccount } from './ledger.ts';
import { type HrefOf, ouName } from './matrix-view.ts';

/** One scope of a rate: both bases as numbers and as a pair of bars. */
export interface BasisRow {
  /** The organisation itself, whose counts all reports show. */
  readonly whole: boolean;
  readonly scope: Markup;
  readonly bars: Markup;
  readonly effective: FigureView;
  readonly nominal: FigureView;
}

export interface BasisTable {
  readonly caption: string;
  readonly groups: readonly { readonly name: string; readonly rows: readonly BasisRow[] }[];
}

export interface RankedAccount {
  readonly name: Markup;
  readonly account: string;
  readonly href: string | null;
  readonly identities: FigureView;
  readonly pairs: FigureView;
  readonly paper: FigureView;
  readonly ways: string;
}

export interface WayCount {
  readonly title: string;
  readonly path: string;
  readonly identities: string;
}

/** Who holds sensitive permissions and does not use them: both rates, where, and the ways to more rights. */
export interface PermissionsView {
  readonly title: string;
  readonly words: string;
  readonly onPaper: string | null;
  readonly list: string | null;
  readonly tables: readonly BasisTable[];
  readonly accounts: readonly RankedAccount[];
  readonly rest: string | null;
  readonly waysTitle: string;
  readonly ways: readonly WayCount[];
  readonly nothing: string;
}

export function permissionsView(summary: NightSummary, ledger: Ledger, hrefOf: HrefOf): PermissionsView {
  const ranked = first(ledger.permissions);
  return {
    title: titleOf(summary),
    words: `Counted over the list ${listWords(summary)}. Effective: ${basisWords.effective}. Nominal, the thinner bar: ${basisWords.nominal}.`,
    onPaper: isOnPaperOnly(summary, identityRate)
      ? 'No effective figure: a service control policy, a resource control policy or a boundary that may deny was not read, so what is left of the nominal permissions is not known. The nominal figures were measured.'
      : null,
    list: hrefOf('') === null ? null : listPath,
    tables: [tableOf(summary, identityTable), tableOf(summary, pairTable)],
    accounts: ranked.map((it) => rankedAccount(it, hrefOf)),
    rest:
      ledger.permissions.total > ranked.length
        ? `${integer(ranked.length)} of ${plural(ledger.permissions.total, 'account')} are ranked here; the list of accounts below has all of them.`
        : null,
    ...waysView(ledger),
    nothing: 'No account could be looked at.',
  };
}

function titleOf(summary: NightSummary): string {
  const found = findFigure(summary, identityRate);
  const days = plural(summary.run.window, 'day');
  if (found.state === 'known') {
    const { numerator } = found.metric;
    const identities = plural(numerator, 'identity', 'identities');
    return `${capital(leastOf(found.metric))}${identities} used none of the sensitive permissions ${numerator === 1 ? 'it holds' : 'they hold'} in ${days}`;
  }
  if (found.state === 'nobody') return 'Sensitive permissions: no identity holds one';
  return 'Sensitive permissions: not measured on effective permissions';
}

interface TableAsked {
  readonly id: string;
  readonly caption: string;
  readonly what: string;
  readonly classes: boolean;
}

const identityTable: TableAsked = {
  id: identityRate,
  caption: 'Identities that used none of the sensitive permissions they hold',
  what: 'identities using none',
  classes: false,
};
const pairTable: TableAsked = {
  id: pairRate,
  caption: 'Pairs of an identity and a sensitive permission it holds that were not used',
  what: 'unused pairs',
  classes: true,
};

function tableOf(summary: NightSummary, asked: TableAsked): BasisTable {
  const units = summary.ous.slice(0, kept.ous).map(({ id }) => ({ scope: `ou:${id}`, label: ouName(summary, id) }));
  const kinds = figureKinds.map((kind) => ({ scope: `kind:${kind}`, label: kindWords[kind] ?? kind }));
  const classes = listedClasses.map((id) => ({ scope: `class:${id}`, label: classTitle(id) }));
  const groups = [
    { name: 'Organisation', scopes: [{ scope: 'organization', label: 'All accounts' }] },
    { name: 'By organisational unit, each with the units below it', scopes: units },
    { name: 'By kind of identity', scopes: kinds },
    {
      name: 'By class of permission; a permission may be in several, so they do not add up',
      scopes: asked.classes ? classes : [],
    },
  ];
  return {
    caption: asked.caption,
    groups: groups
      .map((group) => ({
        name: group.name,
        rows: group.scopes
          .filter(({ scope }) => scope === 'organization' || isCounted(summary, asked.id, scope))
          .map(({ scope, label }) => basisRow(summary, asked, scope, label)),
      }))
      .filter(({ rows }) => rows.length > 0),
  };
}

const isCounted = (summary: NightSummary, id: string, scope: string): boolean =>
  isCountedIn(summary, id, scope) || isCountedIn(summary, id, scope, 'nominal');

function basisRow(summary: NightSummary, { id, what }: TableAsked, scope: string, label: string): BasisRow {
  const found = (basis: Basis): Found =>
    scope === 'organization' || isCountedIn(summary, id, scope, basis)
      ? findFigure(summary, id, scope, basis)
      : { state: 'nobody' };
  const [effective, nominal] = [found('effective'), found('nominal')];
  const words = `${label}, ${what}, ${labelOf(effective, 'effective')}; ${labelOf(nominal, 'nominal')}`;
  return {
    whole: scope === 'organization',
    scope: name(label),
    bars: basisBars({ label: words, effective: barOf(effective), nominal: barOf(nominal) }),
    effective: figureOf(effective, { id, what, basis: 'effective' }),
    nominal: figureOf(nominal, { id, what, basis: 'nominal' }),
  };
}

function rankedAccount({ row, open, unread }: PermissionAccount, hrefOf: HrefOf): RankedAccount {
  const figure = (id: string, unit: string, basis: Basis): FigureView =>
    figureOf(accountFigure(row, { id, unit, basis }), { id, what: unit, basis });
  const pairs = figure(pairRate, 'pairs', 'effective');
  return {
    name: name(row.name ?? row.account),
    account: row.account,
    href: hrefOf(row.account),
    identities: figure(identityRate, 'identities', 'effective'),
    pairs,
    paper: figure(pairRate, 'pairs', 'nominal'),
    ways: pairs.state === 'not-measured' && open === 0 ? 'not measured' : waysText(open, unread),
  };
}

const waysText = (open: number, unread: number): string =>
  unread === 0 ? integer(open) : `${open === 0 ? 'none seen' : integer(open)}, ${integer(unread)} unread`;

function waysView({ ways }: Ledger): Pick<PermissionsView, 'waysTitle' | 'ways'> {
  const counted = allWays
    .map(({ title, path }) => ({ title, path, count: ways.byTitle.get(title) ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  return {
    waysTitle: waysTitle(ways),
    ways: counted.map(({ title, path, count }) => ({ title, path, identities: integer(count) })),
  };
}

function waysTitle({ open, unread }: Ledger['ways']): string {
  const dark = unread === 0 ? '' : `; ${plural(unread, 'identity', 'identities')} could not be judged`;
  if (open === 0)
    return unread === 0 ? 'Ways to more rights: none is open' : `Ways to more rights: none was seen${dark}`;
  const least = unread === 0 ? '' : 'At least ';
  return `${least}${plural(open, 'identity has a way', 'identities have a way')} to more rights${dark}`;
}
