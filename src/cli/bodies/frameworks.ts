import { frameworks as catalogue } from '../../catalogue/frameworks/index.ts';
import type { NightSummary } from '../../domain/summary.ts';
import { summaryKey } from '../../evidence/run-files.ts';
import { fetchPointer, fromJson } from '../../pipeline/stored.ts';
import { type FrameworkView, frameworkViews } from '../../reports/requirements.ts';
import type { FrameworksOptions } from '../commands/frameworks.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { openNight } from '../sealed-night.ts';

/** Prints what a night says to the requirements of every framework, or of one. */
export async function frameworks(
  asked: string | undefined,
  { archive, night, json = false }: FrameworksOptions,
  io: Io,
): Promise<ExitCode> {
  const wanted = catalogue.filter(({ id }) => asked === undefined || id === asked);
  if (wanted.length === 0)
    throw new UsageError(
      `frameworks: no framework \`${asked}\`; there are ${catalogue.map(({ id }) => id).join(', ')}`,
    );
  const opened = await openNight('frameworks', { archive, night }, io);
  if (opened === null) return ExitCode.EvidenceInvalid;
  const { store, stored, place } = opened;
  const pointer = { key: summaryKey(place), sha256: stored.seal.summary ?? '' };
  const summary = fromJson<NightSummary>(await fetchPointer(store, 'archive', pointer));
  const ids = new Set<string>(wanted.map(({ id }) => id));
  if (json) {
    const { run } = summary;
    const requirements = summary.requirements.filter(({ framework }) => ids.has(framework));
    io.out(`${JSON.stringify({ run: { id: run.id, clock: run.clock }, requirements })}\n`);
    return ExitCode.Ok;
  }
  io.out(`requirements as of ${summary.run.clock} (${summary.run.id}); no opinion on compliance\n`);
  const views = frameworkViews(summary).filter(({ id }) => ids.has(id));
  for (const view of views) for (const line of asked === undefined ? short(view) : whole(view)) io.out(`${line}\n`);
  return ExitCode.Ok;
}

const short = ({ id, counts }: FrameworkView): string[] => [`${id.padEnd(16)}  ${counts}`];

function* whole({ name, listed, source, counts, requirements }: FrameworkView): Generator<string> {
  yield `${name}: ${counts}`;
  yield `${listed} ${source}`;
  for (const it of requirements) {
    yield '';
    yield `${it.id}${it.proposal ? ' (our proposal)' : ''}  ${it.label}: ${it.status.word}`;
    if (it.answers === null) {
      yield `  not covered: ${it.notCovered}`;
      continue;
    }
    yield `  ${it.rate}; accounts: ${it.accounts}`;
    if (it.controls.length > 0) yield `  controls: ${it.controls.map(({ id }) => id).join(', ')}`;
    for (const { text } of it.figures) yield `  figure ${text}`;
    yield `  answered: ${it.answers}`;
    yield `  not covered: ${it.notCovered}`;
  }
}
