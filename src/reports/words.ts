import type { IdentityKind } from '../domain/identity.ts';
import type { Metric, NightSummary } from '../domain/summary.ts';
import { aiKeysKnown, liveKeys } from './ai-keys.ts';
import { findFigure, shareOf, shareView } from './figures.ts';
import { integer, plural } from './numbers.ts';
import { nothingMeasured, unseen } from './scope.ts';
import { identityRate, isOnPaperOnly } from './sensitive.ts';

// The sentences of the reports. Say what is so, then how we know, then what to do.

/** The published study that the executive page quotes (domain facts C.4 and D.1). */
export const study = { source: 'Sonrai Security, 2026', unused: '61 %', sensitive: 0.92, window: 90 } as const;

/** The first sentence of page one. */
export function headline(summary: NightSummary): string {
  if (nothingMeasured(summary)) return 'Nothing could be measured, so nothing can be said about this night.';
  const permissions = permissionsClause(summary);
  const clauses = [
    permissions,
    keysClause(summary),
    permissions === null ? identitiesClause(summary) : null,
    loggingClause(summary),
  ];
  const said = clauses.filter((it) => it !== null);
  if (said.length === 0) return 'No figure could be measured this night.';
  const sentence = said.length === 1 ? said[0] : `${said.slice(0, -1).join(', ')}, and ${said.at(-1)}`;
  const dark = unmeasured(summary);
  return `${capital(sentence ?? '')}${dark === null ? '' : `; not measured: ${dark}`}.`;
}

/** What page one asks about and nobody could look at: `AI keys, logging of AI use`. */
export function unmeasured(summary: NightSummary): string | null {
  const hidden = (id: string): boolean => findFigure(summary, id).state === 'not-measured';
  const subjects = [
    ...(hidden(identityRate)
      ? [isOnPaperOnly(summary, identityRate) ? 'effective permissions' : 'use of permissions']
      : []),
    ...(aiKeysKnown(summary) === 'none' ? ['AI keys'] : []),
    ...(hidden('identity.unused-rate') ? ['use of identities'] : []),
    ...(hidden('logging.ai-data-event-coverage') ? ['logging of AI use'] : []),
  ];
  return subjects.length === 0 ? null : subjects.join(', ');
}

function keysClause(summary: NightSummary): string | null {
  if (summary.counts.aiKeysLive > 0) return liveKeys(summary);
  if (findFigure(summary, 'credential.ai-key-user-rate').state !== 'known') return null;
  return aiKeysKnown(summary) === 'whole'
    ? 'no long-term AI key is live'
    : 'no long-term AI key was seen where we could look';
}

/** On effective permissions; where their limits were not read, on paper, and said to be. */
function permissionsClause(summary: NightSummary): string | null {
  const effective = findFigure(summary, identityRate);
  const onPaper = isOnPaperOnly(summary, identityRate);
  const found = onPaper ? findFigure(summary, identityRate, 'organization', 'nominal') : effective;
  if (found.state !== 'known') return null;
  return `${onPaper ? 'on paper ' : ''}${holdersUsingNone(found.metric)}`;
}

/** `52–89 % of identities with sensitive permissions used none of them`. */
const holdersUsingNone = (metric: Metric): string =>
  `${shareOf(shareView(metric), 'identities with sensitive permissions', metric.open ? 'count' : null)} used none of them`;

/** In the place of sensitive permissions where nothing is known of them. */
function identitiesClause(summary: NightSummary): string | null {
  const found = findFigure(summary, 'identity.unused-rate');
  if (found.state !== 'known') return null;
  return `${shareOf(shareView(found.metric), 'identities', found.metric.open ? 'count' : null)} lie unused`;
}

function loggingClause(summary: NightSummary): string | null {
  const found = findFigure(summary, 'logging.ai-data-event-coverage');
  if (found.state !== 'known') return null;
  const { lower, upper } = found.metric;
  const open = found.metric.open || unseen(summary) > 0;
  if (upper === 0) return open ? 'no AI use that we could check is logged' : 'AI use is logged nowhere';
  if (lower === 1) return open ? 'AI use is logged wherever we could look' : 'AI use is logged everywhere';
  return `AI use is logged in ${shareOf(shareView(found.metric), 'places', found.metric.open ? 'see' : null)}`;
}

export const capital = (text: string): string =>
  /^\w+:\w/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1); // an action keeps its case: iam:ListUsers

/** `21 of 24 accounts measured in full, 2 partly, 1 not at all`. */
export function completenessLine({ completeness: { accounts, identities } }: NightSummary): string {
  const { discovered, measured, partial, failed, suspended, skipped } = accounts;
  const parts = [
    `${integer(measured)} of ${plural(discovered - suspended, 'account')} measured in full`,
    ...(partial > 0 ? [`${integer(partial)} partly`] : []),
    ...(failed > 0 ? [`${integer(failed)} not at all`] : []),
    ...(skipped > 0 ? [`${integer(skipped)} not selected`] : []),
    ...(suspended > 0 ? [`${integer(suspended)} suspended and left apart`] : []),
  ];
  return `${parts.join(', ')}; use known for ${integer(identities.known)} of ${plural(identities.counted, 'identity', 'identities')}`;
}

/** What the first night can say about change. */
export const noTrend = 'The first night of this scope in the archive: there is none before it to compare with.';

/** The organisation, or what stands in its place. */
export function scopeName({ scope, completeness }: NightSummary): string {
  if (scope.organization !== null) return `Organisation ${scope.organization}`;
  const accounts = plural(completeness.accounts.discovered, 'account');
  return scope.source === 'snapshot' ? `Snapshot of ${accounts}, no organisation` : `${accounts}, no organisation`;
}

/** Where the facts come from. */
export const sourceWords: Readonly<Record<NightSummary['scope']['source'], string>> = {
  aws: 'read live from AWS',
  snapshot: 'read from a snapshot',
  simulator: 'a simulated organisation: no real account was read',
};

/** One identity of a kind, as a table names it. */
export const kindWord: Readonly<Record<IdentityKind, string>> = {
  user: 'IAM user',
  'phantom-user': 'Phantom user',
  role: 'Role',
  'identity-center-role': 'Identity Center role',
  'service-linked-role': 'Service-linked role',
  'break-glass': 'Break-glass identity',
  'assay-reader': "Assay's own role",
};

/** A kind as a whole. */
export const kindWords: Readonly<Record<string, string>> = {
  user: 'IAM users',
  'phantom-user': 'Phantom users',
  role: 'Roles',
  'identity-center-role': 'Identity Center roles',
  'agent-role': 'Agent roles, of the roles above',
};

export const accountStatusWords: Readonly<Record<string, string>> = {
  measured: 'measured in full',
  partial: 'measured partly',
  failed: 'not measured',
  suspended: 'suspended',
  skipped: 'not selected',
};
