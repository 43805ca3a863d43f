import type { ChangeRow } from '../domain/change-table.ts';
import type { Night, Pointer } from '../domain/night.ts';
import { type WeekSummary, weekSchema } from '../domain/week.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { type WeekInput, weekAudiences } from '../reports/week/input.ts';
import { printableWeek, renderWeek } from '../reports/week/render.ts';
import type { Dependencies } from './dependencies.ts';
import { historyOf } from './history.ts';
import { reportFolder, tableFolder } from './keys.ts';
import { NightTables } from './night-tables.ts';
import type { Writers } from './render-reports.ts';
import { archive, archiveEach, fetchPointer, fromJson } from './stored.ts';
import { rowsUnder } from './table-writer.ts';

/** How the documents of a week are made: two, for the team and for executives. */
export async function weekWriters(night: Night, summary: Pointer, dependencies: Dependencies): Promise<Writers> {
  const { store, templates, pdf } = dependencies;
  const input = await weekInput(night, summary, store);
  return weekAudiences.map((audience) => ({
    audience,
    html: () => archiveEach(store, reportFolder(night, audience), renderWeek(audience, input, templates)),
    pdf: async () => {
      const { html, meta } = await printableWeek(audience, input, templates);
      await archive(store, `${reportFolder(night, audience)}report.pdf`, await pdf.print(html, meta));
    },
  }));
}

/** Everything the documents of a week are made from, read back from the archive: its own summary and table, and the sealed nights at both ends. */
export async function weekInput(
  night: Pick<Night, 'dt' | 'run'>,
  summary: Pointer,
  store: ObjectStore,
): Promise<WeekInput> {
  const week = weekSchema.parse(fromJson<WeekSummary>(await fetchPointer(store, 'archive', summary)));
  const lastRef = week.nights.at(-1);
  if (lastRef === undefined) throw new Error(`the week ${week.run.id} has no night`);
  const last = await NightTables.open(store, lastRef);
  const first = week.base === null ? null : await NightTables.open(store, week.base);
  const names = new Map<string, string | null>();
  for (const tables of [first, last])
    if (tables !== null) for await (const row of tables.rows('accounts')) names.set(row.account, row.name);
  const { dt, run, seq } = lastRef;
  const asked = { dt, run: run as Night['run'], seq, scopeDigest: last.summary.scope.digest };
  const history = await historyOf(store, asked, last.summary);
  return {
    week,
    last: last.summary,
    first: first?.summary ?? null,
    history,
    names,
    changes: () => rowsUnder<ChangeRow>(store, tableFolder(night, 'changes')),
  };
}
