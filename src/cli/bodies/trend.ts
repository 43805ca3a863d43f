import { existsSync } from 'node:fs';
import { localObjectStore } from '../../adapters/files/object-store.ts';
import { summaryKey } from '../../evidence/run-files.ts';
import { type Series, type Trend, trendOf } from '../../history/trend.ts';
import { type TrendNight, trendNightOf, type Wanted } from '../../history/trend-night.ts';
import { earlierNights, earlierThan } from '../../pipeline/earlier-nights.ts';
import { fromJson } from '../../pipeline/stored.ts';
import { courseWords, drawnFigures, sinceLastWords } from '../../reports/trend-view.ts';
import { breakNotes, gapNotes } from '../../reports/trend-words.ts';
import type { TrendOptions } from '../commands/trend.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { printable } from '../printable.ts';
import { openNight, type SealedNight } from '../sealed-night.ts';

/** Prints figures over the nights of an archive. */
export async function trend(options: TrendOptions, io: Io): Promise<ExitCode> {
  const opened = await openNight('trend', options, io);
  if (opened === null) return ExitCode.EvidenceInvalid;
  const found = await trendTo(opened, wantedBy(options), options.backfilled);
  if (found.series.length === 0) throw new UsageError(nothingFound(options));
  if (options.json === true) io.out(`${JSON.stringify(found)}\n`);
  else for (const line of told(found)) io.out(`${printable(line)}\n`);
  return ExitCode.Ok;
}

const drawn = new Set(drawnFigures.map(({ id }) => id));

const wantedBy =
  ({ metric, scope, basis }: TrendOptions): Wanted =>
  (it) =>
    it.scope === scope && it.basis === basis && (metric === undefined ? drawn.has(it.id) : it.id === metric);

const nothingFound = ({ metric, scope, basis }: TrendOptions): string =>
  `trend: no night has ${metric === undefined ? 'these figures' : `\`${metric}\``} for scope \`${scope}\` on ${basis} permissions; docs/metrics names the figures`;

/** The nights up to one of the archive, that one included; nights judged again stand in for those of their dates. */
async function trendTo(
  { store, stored, place }: SealedNight,
  wanted: Wanted,
  backfilled: string | undefined,
): Promise<Trend> {
  const { scopeDigest, seq } = stored.seal;
  const bytes = await store.get('archive', summaryKey(place));
  const own = bytes === undefined ? null : trendNightOf(fromJson<unknown>(bytes), wanted);
  const { nights, failed } = await earlierNights(store, earlierThan({ dt: place.dt, scopeDigest }, seq), wanted);
  const again = backfilled === undefined ? [] : await judgedAgain(backfilled, { scopeDigest, until: place.dt }, wanted);
  const replaced = new Set(again.map(dateOf));
  const kept = (own === null ? nights : [...nights, own]).filter((night) => !replaced.has(dateOf(night)));
  return trendOf(
    [...kept, ...again],
    failed.filter(({ dt }) => !replaced.has(dt)),
  );
}

const dateOf = ({ clock }: TrendNight): string => clock.slice(0, 10);

/** Nights of an archive that `assay replay` made. */
async function judgedAgain(
  folder: string,
  { scopeDigest, until }: { readonly scopeDigest: string; readonly until: string },
  wanted: Wanted,
): Promise<TrendNight[]> {
  if (!existsSync(folder)) throw new UsageError(`trend: no such archive: \`${folder}\``);
  const { nights } = await earlierNights(localObjectStore(folder), { scopeDigest }, wanted);
  return nights.filter((night) => dateOf(night) <= until).map((night) => ({ ...night, backfilled: true }));
}

function* told({ nights, series, gaps, failed }: Trend): Generator<string> {
  yield `${nights.length === 1 ? '1 night' : `${nights.length} nights`}, ${nights[0]?.dt ?? ''} to ${nights.at(-1)?.dt ?? ''}; the worse bound of each, low to high among them, ○ where somebody could not be read, | where it is counted otherwise from there on`;
  for (const it of series) yield* toldSeries(it);
  for (const note of gapNotes({ gaps, failed })) yield note;
  const again = nights.filter(({ backfilled }) => backfilled === true).map(({ dt }) => dt);
  if (again.length > 0) yield `back-filled, judged again from their recorded answers: ${again.join(', ')}`;
}

function* toldSeries(series: Series): Generator<string> {
  yield '';
  yield `${series.id}${series.scope === 'organization' ? '' : ` of ${series.scope}`}: ${courseWords(series)}`;
  yield `  ${sparkLine(series)}`;
  yield `  ${sinceLastWords(series)}`;
  for (const note of breakNotes(series)) yield `  ${note}`;
}

const levels = '▁▂▃▄▅▆▇█';
/** The newest nights that fit on a line. */
const width = 60;

/** One sign per night: the worse bound, between the least and the most of the nights that were read whole. */
export function sparkLine({ points }: Pick<Series, 'points'>): string {
  const shown = points.slice(-width);
  const whole = shown.filter(({ partial }) => !partial).map(({ pessimistic }) => pessimistic);
  const [least, most] = [Math.min(...whole), Math.max(...whole)];
  return shown
    .map(({ pessimistic, partial, link }) => {
      const share = most === least ? 0.5 : (pessimistic - least) / (most - least);
      const level = levels[Math.min(levels.length - 1, Math.floor(share * levels.length))] ?? '';
      return `${link === 'definition' ? '|' : link === 'gap' ? ' ' : ''}${partial ? '○' : level}`;
    })
    .join('');
}
