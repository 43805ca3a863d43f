import { calendarOf } from '../calendar.ts';
import type { SimulatedAccessKey, SimulatedAccount, SimulatedUser } from '../organization.ts';
import { refuse } from '../refuse.ts';
import type { Answering } from '../scope.ts';
import { arnIn } from './iam-views.ts';

/** AWS's columns, in AWS's order. */
const columns = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...['1', '2'].flatMap((n) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (it) => `access_key_${n}_${it}`,
    ),
  ),
  ...['1', '2'].flatMap((n) => [`cert_${n}_active`, `cert_${n}_last_rotated`]),
  'additional_credentials_info',
];

/** How often a report must be asked for until it is there: started, in progress, complete. */
const asksUntilComplete = 3;

const generate: Answering<'iam:GenerateCredentialReport'> = ({ account, memory }) => {
  const asked = (memory.reportAsked.get(account.id) ?? 0) + 1;
  memory.reportAsked.set(account.id, asked);
  if (asked >= asksUntilComplete) return { State: 'COMPLETE' };
  if (asked > 1) return { State: 'INPROGRESS' };
  return { State: 'STARTED', Description: 'No report exists. Starting a new report generation task' };
};

const get: Answering<'iam:GetCredentialReport'> = ({ organization, account, memory }) => {
  const asked = memory.reportAsked.get(account.id) ?? 0;
  if (asked === 0) throw refuse('iam:GetCredentialReport', 'CredentialReportNotPresentException', 'No report exists.');
  if (asked < asksUntilComplete) {
    throw refuse('iam:GetCredentialReport', 'CredentialReportNotReadyException', 'Report generation is in progress.');
  }
  return {
    Content: Buffer.from(credentialReport(account)).toString('base64'),
    ReportFormat: 'text/csv',
    GeneratedTime: calendarOf(organization.clock).before(0),
  };
};

/** The report of an account as AWS writes it: the root row first, then a row for each user. */
function credentialReport(account: SimulatedAccount): string {
  const rows = [columns, rootRow(account), ...account.users.map((user) => userRow(account, user))];
  return rows.map((cells) => cells.join(',')).join('\n');
}

const yes = (flag: boolean): string => (flag ? 'true' : 'false');
/** The report's own dates: whole seconds, with an offset. */
const moment = (iso: string): string => `${iso.slice(0, 19)}+00:00`;

function rootRow({ id, joined }: SimulatedAccount): string[] {
  const password = ['not_supported', 'no_information', 'not_supported', 'not_supported'];
  return [
    '<root_account>',
    `arn:aws:iam::${id}:root`,
    moment(joined),
    ...password,
    'true',
    ...noKey,
    ...noKey,
    ...noCertificate,
    ...noCertificate,
    'N/A',
  ];
}

function userRow(account: SimulatedAccount, user: SimulatedUser): string[] {
  return [
    user.name,
    arnIn(account, 'user', '/', user.name),
    moment(user.created),
    ...passwordCells(user),
    yes(user.password?.mfa ?? false),
    ...keyCells(user.accessKeys[0]),
    ...keyCells(user.accessKeys[1]),
    ...certificateCells(user.certificates[0]),
    ...certificateCells(user.certificates[1]),
    'N/A',
  ];
}

function passwordCells({ password }: SimulatedUser): string[] {
  if (password === null) return ['false', 'N/A', 'N/A', 'N/A'];
  const used = password.lastUsed === null ? 'no_information' : moment(password.lastUsed);
  return ['true', used, moment(password.changed), 'N/A'];
}

const noKey = ['false', 'N/A', 'N/A', 'N/A', 'N/A'];

function keyCells(key: SimulatedAccessKey | undefined): string[] {
  if (key === undefined) return noKey;
  const { lastUsed } = key;
  const use = lastUsed === null ? ['N/A', 'N/A', 'N/A'] : [moment(lastUsed.at), lastUsed.region, lastUsed.service];
  return [yes(key.active), moment(key.rotated), ...use];
}

const noCertificate = ['false', 'N/A'];

const certificateCells = (certificate: SimulatedUser['certificates'][number] | undefined): string[] =>
  certificate === undefined ? noCertificate : [yes(certificate.active), moment(certificate.rotated)];

export const credentialReportAnswers = {
  'iam:GenerateCredentialReport': generate,
  'iam:GetCredentialReport': get,
};
