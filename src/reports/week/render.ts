import type { Templates } from '../../ports/templates.ts';
import type { Document } from '../input.ts';
import { footerOf } from '../masthead.ts';
import { html, type Press, type Printable, pressFor } from '../press.ts';
import { scopeName } from '../words.ts';
import { ChangeLedger } from './changes.ts';
import { weekExecutiveView } from './executive-view.ts';
import { asWeek, type WeekAudience, type WeekInput } from './input.ts';
import { weekTeamView } from './team-view.ts';

const names: Readonly<Record<WeekAudience, string>> = {
  executive: 'Executive report of the week',
  team: 'Team report of the week',
};

/** The documents of one report of a week, one at a time. Pure: equal input gives equal bytes. */
export async function* renderWeek(
  audience: WeekAudience,
  input: WeekInput,
  templates: Templates,
): AsyncGenerator<Document> {
  const press = weekPress(audience, input, templates);
  if (audience === 'executive') {
    yield html('index.html', press.whole('week-executive', weekExecutiveView(input)));
    return;
  }
  yield { path: 'assets/report.css', mediaType: 'text/css', bytes: Buffer.from(press.css) };
  const ledger = new ChangeLedger(input, input.week);
  for await (const row of input.changes())
    for (const { path, view } of ledger.add(row)) yield html(path, press.light('changes', view.title, view));
  for (const { path, view } of ledger.end()) yield html(path, press.light('changes', view.title, view));
  yield html('index.html', press.whole('week-team', weekTeamView(input, ledger, true)));
}

/** The HTML that the PDF of a week is printed from: the first page, without links to pages that paper does not have. */
export async function printableWeek(
  audience: WeekAudience,
  input: WeekInput,
  templates: Templates,
): Promise<Printable> {
  const press = weekPress(audience, input, templates);
  const footer = footerOf(asWeek(input), names[audience].toLowerCase());
  return {
    html: press.whole(`week-${audience}`, await printView(audience, input)),
    meta: { title: press.title, at: input.week.run.clock, footer },
  };
}

async function printView(audience: WeekAudience, input: WeekInput): Promise<object> {
  if (audience === 'executive') return weekExecutiveView(input);
  const ledger = new ChangeLedger(input, input.week);
  for await (const row of input.changes()) ledger.note(row);
  return weekTeamView(input, ledger, false);
}

function weekPress(audience: WeekAudience, { week, last }: WeekInput, templates: Templates): Press {
  const title = `${names[audience]}, ${scopeName(last)}, ${week.period.from} to ${week.period.to}`;
  return pressFor(audience, title, templates);
}
