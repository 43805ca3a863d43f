import type { Basis } from '../../domain/tables.ts';
import type { AccountRows } from '../accounts.ts';
import { type FigureView, figureOf } from '../figures.ts';
import { arn, type Markup } from '../markup.ts';
import { integer, plural } from '../numbers.ts';
import { classesOf, classTitle, identityRate, pairRate, reasonOf } from '../sensitive.ts';
import { accountFigure } from './account-figures.ts';
import { type HolderRows, type HolderView, holdersOf, holderView } from './holders.ts';

/** How much one page holds before the next begins. */
const perPage = { identities: 250, pairs: 20_000 } as const;

/** Where the reasons of all permissions stand, seen from an account's page. */
export const listPath = 'lists/sensitive-permissions.html';

/** Identities of one account, for one page. */
export interface HolderPage {
  readonly href: string;
  readonly label: string;
  readonly holders: readonly HolderRows[];
}

/** Why a permission that the page gives as an example is on the list: once for all its identities. */
export interface ReasonView {
  readonly action: string;
  readonly classes: string;
  readonly reason: string;
}

/** What stands on one page: identities, and the reasons behind their examples. */
export interface HolderTable {
  readonly holders: readonly HolderView[];
  readonly reasons: readonly ReasonView[];
  readonly list: string;
}

/** The part of an account's page on sensitive permissions. */
export interface HoldersView extends HolderTable {
  readonly figures: readonly { readonly name: string; readonly effective: FigureView; readonly nominal: FigureView }[];
  readonly unread: readonly Markup[];
  readonly others: string | null;
  readonly pages: readonly { readonly href: string; readonly label: string }[];
  readonly nothing: string;
}

/** All identities of an account in pages, the first of which stands on the account's own page. */
export function holderPages(rows: AccountRows): HolderPage[] {
  const { account } = rows.row;
  const pages: HolderPage[] = [];
  let holders: HolderRows[] = [];
  let [from, pairs] = [1, 0];
  const flush = (): void => {
    const number = String(pages.length + 1).padStart(4, '0');
    const label = `Identities ${integer(from)} to ${integer(from + holders.length - 1)}`;
    pages.push({ href: `${account}-permissions-${number}.html`, label, holders });
    [from, pairs] = [from + holders.length, 0];
    holders = [];
  };
  for (const holder of holdersOf(rows)) {
    const own = spelledOut(holder);
    if (holders.length === perPage.identities || (pairs + own > perPage.pairs && holders.length > 0)) flush();
    holders.push(holder);
    pairs += own;
  }
  if (holders.length > 0) flush();
  return pages;
}

/** Where no policy was read, the list is named and not repeated. */
const spelledOut = ({ rows }: HolderRows): number =>
  rows.reduce((sum, { nominal, actions }) => (nominal === 'unread' ? sum : sum + actions.length), 0);

export function holderTable(holders: readonly HolderRows[], listed: number): HolderTable {
  const views = holders.map((holder) => holderView(holder, listed));
  const examples = [...new Set(views.flatMap((view) => view.examples))].sort();
  return {
    holders: views,
    reasons: examples.map((action) => ({
      action,
      classes: classesOf(action).map(classTitle).join(', '),
      reason: reasonOf(action),
    })),
    list: `../${listPath}`,
  };
}

export interface HoldersAsked {
  readonly pages: readonly HolderPage[];
  readonly listed: number;
  readonly nothing: string;
}

export function holdersView(rows: AccountRows, { pages, listed, nothing }: HoldersAsked): HoldersView {
  const [first, ...more] = pages;
  const unread = pages.flatMap(({ holders }) =>
    holders.filter(hasUnreadPolicy).map(({ identity }) => arn(identity.arn)),
  );
  return {
    ...holderTable(first?.holders ?? [], listed),
    figures: [
      { name: 'Identities using none of their sensitive permissions', ...both(rows, identityRate, 'identities') },
      { name: 'Unused pairs of identity and sensitive permission', ...both(rows, pairRate, 'pairs') },
    ],
    unread,
    others: othersWord(rows),
    pages: more.length === 0 ? [] : more.map(({ href, label }) => ({ href, label })),
    nothing,
  };
}

const hasUnreadPolicy = ({ rows }: HolderRows): boolean => rows.some(({ nominal }) => nominal === 'unread');

function both({ row }: AccountRows, id: string, unit: string): Record<Basis, FigureView> {
  const on = (basis: Basis): FigureView =>
    figureOf(accountFigure(row, { id, unit, basis }), { id, what: `${unit}, ${basis}`, basis });
  return { effective: on('effective'), nominal: on('nominal') };
}

/** Identities that the list leaves out. */
function othersWord({ identities }: AccountRows): string | null {
  const empty = identities.filter(({ sensitive }) => sensitive?.nominal.held === 0).length;
  const linked = identities.filter(({ sensitive }) => sensitive === null).length;
  const parts = [
    ...(empty > 0 ? [`${plural(empty, 'identity holds', 'identities hold')} none`] : []),
    ...(linked > 0 ? [`${plural(linked, 'service-linked role is', 'service-linked roles are')} not judged`] : []),
  ];
  return parts.length === 0 ? null : `${parts.join('; ')}.`;
}
