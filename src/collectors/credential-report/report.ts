import { parse } from 'csv-parse/sync';
import type { CredentialReport, CredentialReportRow } from '../../domain/facts.ts';
import { Refusal } from '../../domain/gap.ts';
import { isoDate } from '../../domain/iso-date.ts';

/** Columns without which a row says nothing (domain facts E.3). */
const required = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'access_key_1_active',
  'access_key_2_active',
];
const rootUser = '<root_account>';

type Columns = Readonly<Record<string, string | undefined>>;

/** Parses the decoded CSV; a report without its columns is a refusal, never a report without users. */
export function parseReport(csv: string, file: string, generated: string | null): CredentialReport {
  const rows = recordsOf(csv, file).map(rowOf);
  return {
    generated,
    users: rows.filter(({ user }) => user !== rootUser),
    root: rows.find(({ user }) => user === rootUser) ?? null,
  };
}

function recordsOf(csv: string, file: string): Columns[] {
  const unparsable = (place: string, problem: string): Refusal =>
    new Refusal({ code: 'UNPARSABLE', file, place, problem });
  let records: Columns[];
  try {
    records = parse(csv, { columns: true, skip_empty_lines: true, bom: true });
  } catch (error) {
    throw unparsable('credential report', (error as Error).message);
  }
  const header =
    csv
      .split('\n', 1)[0]
      ?.replace(/^\uFEFF/, '')
      .trim()
      .split(',') ?? [];
  const missing = required.find((column) => !header.includes(column));
  if (missing !== undefined) throw unparsable('header', `no column \`${missing}\``);
  return records;
}

function rowOf(columns: Columns): CredentialReportRow {
  return {
    user: columns['user'] ?? '',
    arn: columns['arn'] ?? '',
    created: dateOf(columns['user_creation_time']),
    passwordEnabled: isTrue(columns['password_enabled']),
    passwordLastUsed: dateOf(columns['password_last_used']),
    passwordChanged: dateOf(columns['password_last_changed']),
    mfaActive: flagOf(columns['mfa_active']),
    accessKeys: (['1', '2'] as const).map((n) => ({
      active: isTrue(columns[`access_key_${n}_active`]),
      lastUsed: dateOf(columns[`access_key_${n}_last_used_date`]),
      rotated: dateOf(columns[`access_key_${n}_last_rotated`]),
    })),
    signingCertificateActive: isTrue(columns['cert_1_active']) || isTrue(columns['cert_2_active']),
  };
}

const noDate = new Set(['', 'N/A', 'no_information', 'not_supported']);
const dateOf = (text: string | undefined): string | null =>
  text === undefined || noDate.has(text) ? null : isoDate(text);
/** A flag, null where the report has another word or no such column. */
const flagOf = (text: string | undefined): boolean | null =>
  ({ true: true, false: false })[text?.toLowerCase() ?? ''] ?? null;
const isTrue = (text: string | undefined): boolean => text?.toLowerCase() === 'true';
