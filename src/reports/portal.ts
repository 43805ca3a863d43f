import type { Templates } from '../ports/templates.ts';
import { pageRenderer } from './engine.ts';
import type { Audience } from './input.ts';
import { escapeText } from './markup.ts';
import { moment } from './numbers.ts';
import { embedded, styleSheet } from './styles.ts';

/** One night, or one week of nights, as the portal lists it. */
export interface PortalNight {
  readonly run: string;
  readonly seq: number;
  readonly digest: string;
  readonly kind: string;
  /** Whether it is the report of a week. */
  readonly week: boolean;
  readonly clock: string;
  readonly scope: string;
  readonly accounts: Readonly<Record<string, number>> | null;
  readonly failure: string | null;
  readonly documents: readonly {
    readonly audience: Audience;
    readonly links: readonly {
      readonly format: string;
      readonly href: string | null;
      readonly reason: string | null;
    }[];
  }[];
}

/** What each reader comes for. */
const purposes: Readonly<Record<Audience, string>> = {
  executive: 'one page: where we stand',
  team: 'what to do, and where',
  auditor: 'scope, method, evidence',
};

/** What each reader of a week comes for. */
const weekPurposes: Readonly<Record<Audience, string>> = {
  executive: 'one page: are we safer than a week ago',
  team: 'what changed, and what to take up',
  auditor: '',
};

/** The portal: the newest night's documents, the newest week's, then those before them. Links only; every figure is in the sealed documents. */
export function renderPortal(nights: readonly PortalNight[], templates: Templates): Uint8Array {
  const views = nights.map(nightView);
  const [newest, ...earlier] = views.filter(({ week }) => !week);
  const [newestWeek, ...earlierWeeks] = views.filter(({ week }) => week);
  const title = 'Assay: nights';
  const view = {
    title,
    audience: 'portal',
    styles: embedded(styleSheet(templates)),
    styleSheet: null,
    script: null,
    page: { newest: newest ?? null, newestWeek: newestWeek ?? null, earlier, earlierWeeks },
  };
  return Buffer.from(pageRenderer(templates)('portal', view));
}

function nightView(night: PortalNight) {
  return {
    ...night,
    when: moment(night.clock),
    failed: night.kind === 'failed',
    rendered: night.kind === 'failed' || night.documents.some(({ links }) => links.some(({ href }) => href !== null)),
    accountsText: night.accounts === null ? 'not measured' : accountsText(night.accounts),
    documents: night.documents
      .filter(({ links }) => !night.week || links.length > 0)
      .map(({ audience, links }) => ({
        audience,
        purpose: (night.week ? weekPurposes : purposes)[audience],
        links: links.map(({ format, href, reason }) => ({ format: format.toUpperCase(), href, reason: reason ?? '' })),
      })),
  };
}

function accountsText({
  discovered = 0,
  measured = 0,
  partial = 0,
  failed = 0,
  suspended = 0,
}: Readonly<Record<string, number>>): string {
  const short = partial + failed === 0 ? '' : `, ${partial} partly, ${failed} not at all`;
  return `${measured} of ${discovered - suspended} accounts measured in full${short}`;
}

/** A page that leads on to a document: a pointer, never a copy. */
export function renderRedirect(target: string): Uint8Array {
  const href = escapeText(target);
  return Buffer.from(
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Assay: newest report</title><meta http-equiv="refresh" content="0; url=${href}"></head><body><p><a href="${href}">The newest report</a></p></body></html>\n`,
  );
}
