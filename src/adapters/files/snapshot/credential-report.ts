import { type CsvError, parse } from 'csv-parse/sync';
import { type AccountId, accountOfArn } from '../../../domain/ids.ts';
import { InputError, type Where, within } from '../input-error.ts';
import type { JsonObject } from './json.ts';

const keyColumns = ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'];
/** The columns as AWS writes them; the last is newer and may be missing (domain facts E.3). */
export const reportColumns: readonly string[] = [
  ...['user', 'arn', 'user_creation_time', 'password_enabled', 'password_last_used', 'password_last_changed'],
  ...['password_next_rotation', 'mfa_active'],
  ...['1', '2'].flatMap((key) => keyColumns.map((column) => `access_key_${key}_${column}`)),
  ...['cert_1_active', 'cert_1_last_rotated', 'cert_2_active', 'cert_2_last_rotated', 'additional_credentials_info'],
];
const optionalColumns = 1;

interface Line {
  readonly line: number;
  readonly fields: readonly string[];
  readonly raw: string;
}
interface Row extends Line {
  readonly account: AccountId;
}

/** The answer of iam:GetCredentialReport that a CSV file stands for. */
export const reportOutput = (csv: string): JsonObject => ({
  Content: Buffer.from(csv, 'utf8').toString('base64'),
  ReportFormat: 'text/csv',
});

/** The report inside an answer; placebo recordings hold it as plain text instead of base64. */
export function reportIn({ Content }: JsonObject, where: Where): string {
  if (typeof Content !== 'string')
    throw new InputError('WRONG_SHAPE', where, '`Content` is not a text', 'export it again');
  return Content.includes(',') ? Content : Buffer.from(Content, 'base64').toString('utf8');
}

/** Splits a report by the accounts of its rows, each with the header. Repeated rows stay: AWS writes some users twice. */
export function splitReport(csv: string, where: Where): Map<AccountId, string> {
  const { header, rows } = rowsOf(csv, where);
  const byAccount = Map.groupBy(rows, ({ account }) => account);
  const [only, ...others] = byAccount.keys();
  if (only !== undefined && others.length === 0) return new Map([[only, csv]]); // as it came
  const joined = (lines: readonly Line[]) => lines.map(({ raw }) => `${raw.trimEnd()}\n`).join('');
  return new Map([...byAccount].map(([account, own]) => [account, joined([header, ...own])]));
}

/** All rows of a folder's report must be of the folder's account. */
export function checkReport(csv: string, where: Where, owner: AccountId): void {
  const stranger = rowsOf(csv, where).rows.find(({ account }) => account !== owner);
  if (stranger === undefined) return;
  const problem = `the row is of account ${stranger.account}, the folder of ${owner}`;
  throw new InputError(
    'WRONG_PLACE',
    within(where, `line ${stranger.line}`),
    problem,
    'move the file, or give it as a single file',
  );
}

function rowsOf(csv: string, where: Where): { readonly header: Line; readonly rows: readonly Row[] } {
  const [header, ...lines] = linesOf(csv, where);
  const columns = header?.fields ?? [];
  checkHeader(columns, within(where, 'header'));
  if (header === undefined || lines.length === 0)
    throw new InputError('EMPTY', where, 'a credential report without rows', 'export it again');
  return { header, rows: lines.map((line) => rowOf(line, columns.length, within(where, `line ${line.line}`))) };
}

function rowOf(line: Line, width: number, where: Where): Row {
  const { fields } = line;
  if (fields.length !== width)
    throw new InputError(
      'WRONG_SHAPE',
      where,
      `${fields.length} columns instead of ${width}`,
      'export the report again',
    );
  const account = accountOfArn(fields[1] ?? '');
  if (account === undefined)
    throw new InputError('WRONG_SHAPE', where, `no account id in the ARN \`${fields[1]}\``, 'export the report again');
  return { ...line, account };
}

function checkHeader(columns: readonly string[], where: Where): void {
  const wrong = reportColumns.findIndex(
    (wanted, index) =>
      columns[index] !== wanted && !(columns[index] === undefined && index >= reportColumns.length - optionalColumns),
  );
  const index = wrong === -1 && columns.length > reportColumns.length ? reportColumns.length : wrong;
  if (index === -1) return;
  const found = columns[index] === undefined ? 'is missing' : `is \`${columns[index]}\``;
  const wanted =
    reportColumns[index] === undefined ? 'and none is known there' : `and should be \`${reportColumns[index]}\``;
  const remedy = 'give the report as AWS writes it (iam get-credential-report)';
  throw new InputError('WRONG_SHAPE', where, `column ${index + 1} ${found} ${wanted}`, remedy);
}

function linesOf(csv: string, where: Where): Line[] {
  try {
    const options = { bom: true, info: true, raw: true, relax_column_count: true, skip_empty_lines: true } as const;
    const records = parse(csv, options) as unknown as { record: string[]; info: { lines: number }; raw: string }[];
    return records.map(({ record, info, raw }) => ({ line: info.lines, fields: record, raw }));
  } catch (error) {
    const { code, lines } = error as CsvError & { readonly lines?: number };
    if (code === undefined) throw error; // a bug of ours
    throw new InputError(
      'WRONG_SHAPE',
      within(where, `line ${lines ?? 1}`),
      `not CSV (${code})`,
      'export the report again',
    );
  }
}
