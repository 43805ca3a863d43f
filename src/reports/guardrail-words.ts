import type { GuardrailRow } from '../domain/tables.ts';
import type { MatrixCell } from './charts/matrix.ts';

/** A guardrail in a column heading, and as a sentence of what holds. */
export const guardrailWords: Readonly<Record<string, { readonly short: string; readonly title: string }>> = {
  'ai-workspace-admin-allow-list': {
    short: 'Workspace administration',
    title: 'only listed principals create Claude workspaces, enter the console or manage keys',
  },
  'ai-workspace-data-allow-list': {
    short: 'Workspace use',
    title: 'only listed principals use a Claude workspace',
  },
  'no-ai-key-creation': { short: 'No AI keys made', title: 'nobody can make a long-term AI key' },
  'no-long-term-ai-key-use': { short: 'No long-term use', title: 'no request with a long-term AI key gets through' },
  'ai-key-max-age': { short: 'Key age', title: 'no AI key can be made that lives longer than the limit, or for ever' },
  'no-phantom-users': { short: 'No phantom users', title: 'nobody can make the users that consoles hide behind a key' },
  'no-ai-policy-attach': {
    short: 'No AI policies',
    title: 'nobody can attach the AWS managed AI policies to an identity',
  },
  'outbound-federation-fence': {
    short: 'Outbound federation',
    title: 'nobody can turn on outbound federation or make tokens for audiences that are not allowed',
  },
  'trail-protection': { short: 'Trails', title: 'nobody can stop, change or delete a trail or an event data store' },
  'invocation-log-protection': {
    short: 'Invocation logs',
    title: 'nobody can change or delete model invocation logging',
  },
};

type Grade = GuardrailRow['grade'];

/** A grade as a cell of the matrix: shape and tone, with the word behind it. */
export const gradeCell: Readonly<Record<Grade, MatrixCell>> = {
  enforced: { look: 'all', text: '', words: 'enforced' },
  'enforced-with-exceptions': { look: 'some', text: 'ex', words: 'enforced with exceptions' },
  partial: { look: 'part', text: '', words: 'partial' },
  absent: { look: 'no', text: '', words: 'absent' },
  'not-applicable': { look: 'none', text: '–', words: 'not applicable: no SCP binds the management account' },
  'not-measured': { look: 'unknown', text: '', words: 'not measured' },
};
