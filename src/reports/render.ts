import type { NightSummary } from '../domain/summary.ts';
import type { Templates } from '../ports/templates.ts';
import { auditorView } from './auditor/view.ts';
import { executiveView } from './executive/view.ts';
import type { Audience, Document, ReportInput } from './input.ts';
import { footerOf } from './masthead.ts';
import { moment } from './numbers.ts';
import { html, type Press, type Printable, pressFor } from './press.ts';
import { teamParts } from './team/render.ts';
import { scopeName } from './words.ts';

const names: Readonly<Record<Audience, string>> = {
  executive: 'Executive report',
  team: 'Team report',
  auditor: 'Auditor report',
};

const caps = { html: { accounts: 500, evidence: 1500 }, pdf: { accounts: 500, evidence: 500 } } as const;

/** The documents of one report, one at a time. Pure: equal input gives equal bytes. */
export async function* renderReport(
  audience: Audience,
  input: ReportInput,
  templates: Templates,
): AsyncGenerator<Document> {
  const press = nightPress(audience, input.summary, templates);
  if (audience === 'executive')
    yield html('index.html', press.whole('executive', executiveView(input.summary, input.history)));
  else if (audience === 'auditor')
    yield html('index.html', press.whole('auditor', await auditorView(input, caps.html)));
  else yield* teamDocuments(input, press);
}

async function* teamDocuments(input: ReportInput, press: Press): AsyncGenerator<Document> {
  yield { path: 'assets/report.css', mediaType: 'text/css', bytes: Buffer.from(press.css) };
  for await (const part of teamParts(input, { linked: true })) {
    if (part.kind === 'index') yield html('index.html', press.whole('team', part.view));
    else if (part.kind === 'holders')
      yield html(part.path, press.light('holders', `Account ${part.view.account}, ${part.view.label}`, part.view));
    else if (part.kind === 'permissions') yield html(part.path, press.light('permissions', part.view.title, part.view));
    else if (part.kind === 'findings') yield html(part.path, press.light('findings', part.view.title, part.view));
    else if (part.kind === 'register') yield html(part.path, press.light('register', part.view.title, part.view));
    else if (part.kind === 'logging') yield html(part.path, press.light('logging', part.view.title, part.view));
    else if (part.kind === 'list') yield html(part.path, press.light('accounts', part.view.title, part.view));
    else yield html(`accounts/${part.account}.html`, press.light('account', `Account ${part.account}`, part.view));
  }
}

/** The first page of a report for print: without links to pages that paper does not have, long tables cut with a word on the rest. */
export async function printableReport(
  audience: Audience,
  input: ReportInput,
  templates: Templates,
): Promise<Printable> {
  const { summary } = input;
  const press = nightPress(audience, summary, templates);
  const page = await printView(audience, input);
  return {
    html: press.whole(audience, page),
    meta: { title: press.title, at: summary.run.clock, footer: footerOf(summary, names[audience].toLowerCase()) },
  };
}

async function printView(audience: Audience, input: ReportInput): Promise<object> {
  if (audience === 'executive') return executiveView(input.summary, input.history);
  if (audience === 'auditor') return auditorView(input, caps.pdf);
  for await (const part of teamParts(input, { linked: false })) if (part.kind === 'index') return part.view;
  throw new Error('the team report has no first page');
}

const nightPress = (audience: Audience, summary: NightSummary, templates: Templates): Press =>
  pressFor(audience, `${names[audience]}, ${scopeName(summary)}, ${moment(summary.run.clock)}`, templates);
