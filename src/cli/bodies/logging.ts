import { blindSpots } from '../../catalogue/ai-calls.ts';
import { aiEventClasses, invocationClass, nightlyClasses } from '../../catalogue/ai-event-classes.ts';
import { type Recorder, recordersOf } from '../../cloudtrail/recorders.ts';
import { selectorFor, selectorJson } from '../../cloudtrail/selector-json.ts';
import { selectorName } from '../../cloudtrail/words.ts';
import { accountOfArn } from '../../domain/ids.ts';
import { partitionOfArn } from '../../domain/partition.ts';
import type { LoggingFixRow, LoggingRow } from '../../domain/tables.ts';
import { CoverageJudge } from '../../judge/coverage.ts';
import { judgeCalls, type LoggedCall } from '../../judge/logged-calls.ts';
import { judgeLogging, loggingRowOf } from '../../judge/logging.ts';
import { eventFixes, loggingFixes } from '../../judge/logging-fixes.ts';
import { plural } from '../../reports/numbers.ts';
import type { LoggingOptions } from '../commands/logging.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { fixLines } from '../logging-fix-lines.ts';
import { classLines, type LoggedAccount, loggingMatrix } from '../logging-matrix.ts';
import { openLogging, selectorsAlone } from '../logging-source.ts';
import { printable } from '../printable.ts';

/** Every class that is told apart. */
const allClasses = [...new Set([...nightlyClasses, ...aiEventClasses])];

/** Shows what of AI use is recorded where. */
export async function logging(options: LoggingOptions, io: Io): Promise<ExitCode> {
  const classes = classesOf(options);
  const alone = await selectorsAlone('logging', options);
  const told = alone === null ? await measured(classes, options, io) : judgedAlone(alone, classes);
  if (told === null) return ExitCode.EvidenceInvalid;
  io.out(options.json === true ? jsonOf(told) : textOf(told, options));
  return told.rows.some(({ status }) => status === 'not-measured') ? ExitCode.Gaps : ExitCode.Ok;
}

/** Beyond the list any data-event resource type may be asked for, as AWS spells it. */
function classesOf({ class: asked }: LoggingOptions): readonly string[] {
  if (asked === undefined) return allClasses;
  const strange = asked.find((it) => !allClasses.includes(it) && !/^AWS::\w+::\w+$/.test(it));
  if (strange !== undefined)
    throw new UsageError(
      `logging: no event class \`${strange}\`; there are ${nightlyClasses.filter((it) => !it.startsWith('AWS::')).join(', ')}, and resource types such as AWS::Bedrock::Model`,
    );
  return asked;
}

interface ToldAccount extends LoggedAccount {
  readonly regions: readonly string[];
  readonly regionsAssumed: boolean;
  readonly recorders: readonly Recorder[];
  readonly calls: readonly LoggedCall[];
}

/** What was found, for a person and for JSON. */
interface Told {
  readonly source: string;
  readonly clock: string | null;
  readonly classes: readonly string[];
  readonly accounts: readonly ToldAccount[];
  readonly rows: readonly LoggingRow[];
  readonly fixes: readonly LoggingFixRow[];
}

async function measured(classes: readonly string[], options: LoggingOptions, io: Io): Promise<Told | null> {
  const open = await openLogging('logging', options, io);
  if (open === null) return null;
  const { name, clock, shared } = open;
  const accounts: ToldAccount[] = [];
  const rows: LoggingRow[] = [];
  const fixes: LoggingFixRow[] = [];
  for (const placed of open.accounts) {
    const facts = await open.loggingIn(placed.account);
    const judged = judgeLogging(facts, shared, { clock, classes });
    rows.push(...judged);
    // Of the types beyond a night's, those that nothing selects are not worth a selector unless they were asked for.
    const quiet = options.class === undefined ? quietClasses(judged) : new Set<string>();
    const told = judged.filter(({ eventClass }) => !quiet.has(eventClass));
    fixes.push(...loggingFixes(facts, shared, told, { clock, wanted: options.class ?? nightlyClasses }));
    accounts.push({
      account: placed.account,
      name: placed.name,
      regions: facts.regions.regions,
      regionsAssumed: facts.regions.assumed,
      recorders: recordersOf(facts, shared, clock),
      calls: options.calls === true ? judgeCalls(facts, shared, clock) : [],
    });
  }
  return { source: name, clock, classes, accounts, rows, fixes };
}

/** An account that nothing else is known of. */
const anyCell = { account: '000000000000', region: 'us-east-1' };

/** Selectors on their own: a trail that delivers, in an account that has no other. */
function judgedAlone(alone: Recorder, asked: readonly string[]): Told {
  const judge = new CoverageJudge();
  const classes = asked.filter((it) => it !== invocationClass);
  const rows = classes.map((it) => loggingRowOf(it, anyCell, judge.judge(it, anyCell, [alone], null)));
  const account = { account: anyCell.account, name: 'any account', regions: [anyCell.region], regionsAssumed: false };
  return {
    source: `selectors of ${alone.arn}`,
    clock: null,
    classes,
    accounts: [{ ...account, recorders: [alone], calls: [] }],
    rows,
    fixes: aloneFixes(alone, rows),
  };
}

/** The command for the trail that the selectors are of, or are meant for. */
function aloneFixes(alone: Recorder, rows: readonly LoggingRow[]): LoggingFixRow[] {
  const quiet = quietClasses(rows);
  const gaps = rows.filter(({ status, eventClass }) => status !== 'covered' && !quiet.has(eventClass));
  return eventFixes(gaps, [], [{ ...alone, organization: false, multiRegion: true }], {
    account: accountOfArn(alone.arn) ?? anyCell.account,
    managementAccount: null,
    organization: null,
    partition: partitionOfArn(alone.arn),
    regions: [anyCell.region],
  });
}

function jsonOf({ source, clock, accounts, rows, fixes }: Told): string {
  const cells = rows.map(({ id, ...row }) => {
    const missing = row.status === 'covered' || row.status === 'not-measured' ? null : selectorFor(row.eventClass);
    return JSON.stringify({ ...row, selector: missing === null ? null : selectorJson(missing) });
  });
  const head = {
    source,
    clock,
    accounts: accounts.map(({ recorders, calls, ...account }) => ({
      ...account,
      recorders: recorders.map(({ selectors, ...it }) => ({ ...it, selectors: selectors?.map(selectorName) ?? null })),
      calls: calls.map(({ call, regions }) => ({ ...call, regions })),
    })),
    fixes: fixes.map(({ id, ...fix }) => fix),
    blindSpots,
  };
  // A cell a line: there can be tens of thousands.
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "cells": [\n    ${cells.join(',\n    ')}\n  ]\n}\n`;
}

function textOf({ source, classes, accounts, rows, fixes }: Told, { calls, class: asked }: LoggingOptions): string {
  const quiet = asked === undefined ? quietClasses(rows) : new Set<string>();
  const shown = classes.filter((it) => !quiet.has(it));
  const assumed = accounts.filter(({ regionsAssumed }) => regionsAssumed).length;
  const lines = [
    `logging of AI use: ${source}`,
    '',
    ...loggingMatrix(accounts, shown, rows),
    '',
    ...classLines(shown, rows),
    ...(quiet.size > 0 ? [`     ${quiet.size} other AI resource types: nothing selects them (--json lists them)`] : []),
    ...recorderLines(accounts),
    ...(calls === true ? callLines(accounts) : []),
    ...fixLines(fixes),
    ...(assumed > 0
      ? ['', `${plural(assumed, 'account')}: Regions were not listed; those enabled by default stand in`]
      : []),
    '',
    'what no setting closes',
    ...blindSpots.map(({ text }) => `  ${text}`),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

/** AI resource types beyond those of a night that nothing selects anywhere: one line for all of them. */
function quietClasses(rows: readonly LoggingRow[]): Set<string> {
  const loud = new Set(
    rows.filter(({ status, by }) => status !== 'not-covered' && by.length > 0).map((it) => it.eventClass),
  );
  return new Set(aiEventClasses.filter((it) => !nightlyClasses.includes(it) && !loud.has(it)));
}

/** Trails and stores that record nothing, or perhaps nothing. */
function recorderLines(accounts: readonly ToldAccount[]): string[] {
  const failing = new Map(
    accounts.flatMap(({ recorders }) => recorders.filter(({ why }) => why !== null)).map((it) => [it.arn, it.why]),
  );
  return failing.size === 0
    ? []
    : ['', 'not delivering, or not known to', ...[...failing].map(([arn, why]) => `  ${arn}: ${why}`)];
}

function callLines(accounts: readonly ToldAccount[]): string[] {
  const byCall = Map.groupBy(
    accounts.flatMap(({ calls }) => calls),
    ({ call }) => `${call.source} ${call.name}`,
  );
  const lines = [...byCall.values()].map((same) => {
    const [first] = same;
    const sum = (status: keyof LoggedCall['regions']): number =>
      same.reduce((total, it) => total + it.regions[status], 0);
    const words = (['covered', 'partial', 'not-covered', 'not-measured'] as const)
      .filter((status) => sum(status) > 0)
      .map((status) => `${sum(status)} ${status.replaceAll('-', ' ')}`);
    const kind =
      first?.call.class === 'either'
        ? 'class not published'
        : first?.call.class === 'never'
          ? 'a permission, no event of its own'
          : first?.call.class;
    return `  ${first?.call.source.split('.')[0]}:${first?.call.name} (${kind}): ${words.join(', ')}`;
  });
  return ['', 'calls, by accounts × Regions', ...lines];
}
