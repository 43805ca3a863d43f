import { throughWords } from '../domain/grade-words.ts';
import type { PartState, PracticeId, PracticeState } from '../domain/practice.ts';
import { practiceIds, together } from '../domain/practice.ts';
import type { CredentialRow, GuardrailRow, LoggingRow, PracticeRow } from '../domain/tables.ts';

/** What the practices of one account are judged from: rows that stand already, and whether they are all there are. */
export interface PracticeEvidence {
  readonly account: string;
  readonly guardrails: readonly GuardrailRow[];
  readonly credentials: readonly CredentialRow[];
  /** Whether every AI key of the account would have been seen. */
  readonly keysRead: boolean;
  readonly cells: readonly LoggingRow[];
  /** Whether the cells are all the account has: its Regions were listed. */
  readonly cellsRead: boolean;
}

type Part = PracticeRow['parts'][number];
type Grade = GuardrailRow['grade'];

/** A fence is a list of who may pass: narrow exceptions are what it is for. Where nobody may, an exception is a hole. */
const fenceGrades: Readonly<Record<Grade, PartState>> = {
  enforced: 'in-place',
  'enforced-with-exceptions': 'in-place',
  partial: 'partly',
  absent: 'open',
  'not-applicable': 'open',
  'not-measured': 'not-measured',
};
const banGrades: Readonly<Record<Grade, PartState>> = { ...fenceGrades, 'enforced-with-exceptions': 'partly' };

/** The parts of each practice (domain facts C.4, design §4). */
const partsOf: Readonly<Record<PracticeId, (evidence: PracticeEvidence) => Part[]>> = {
  'workspace-administration': (evidence) => [
    fence(evidence, 'ai-workspace-admin-allow-list'),
    fence(evidence, 'ai-workspace-data-allow-list'),
  ],
  'no-long-term-ai-credentials': (evidence) => [
    liveKeys(evidence),
    guardrail(evidence, 'no-ai-key-creation', banGrades),
    guardrail(evidence, 'no-long-term-ai-key-use', banGrades),
  ],
  'ai-data-events-logged': (evidence) => [dataEvents(evidence)],
};

/** Where each practice stands in one account, with the evidence for each of its parts. */
export function judgePractices(evidence: PracticeEvidence): PracticeRow[] {
  const management = evidence.guardrails.some(({ grade }) => grade === 'not-applicable');
  return practiceIds.map((practice) => {
    const parts = partsOf[practice](evidence);
    const state = stateOf(practice, parts, management);
    return { id: `${evidence.account}/${practice}`, account: evidence.account, practice, state, management, parts };
  });
}

/** What can be fenced nowhere is said so, and is never in place. */
function stateOf(practice: PracticeId, parts: readonly Part[], management: boolean): PracticeState {
  if (management && practice === 'workspace-administration') return 'not-applicable';
  const states = parts.map(({ state }) => state);
  return practice === 'no-long-term-ai-credentials' ? ofCredentials(states) : together(states);
}

/** A live key that can be used decides by itself; while keys are not read and nothing denies their use, one may be there. */
function ofCredentials([
  keys = 'not-measured',
  making = 'not-measured',
  using = 'not-measured',
]: PartState[]): PartState {
  if (keys === 'open') return 'open';
  if (keys !== 'not-measured' || using === 'in-place') return together([keys, making, using]);
  return making === 'open' && using === 'open' ? 'open' : 'not-measured';
}

function guardrail({ guardrails }: PracticeEvidence, id: string, states: Readonly<Record<Grade, PartState>>): Part {
  const row = guardrails.find((it) => it.guardrail === id);
  if (row === undefined) return { part: id, state: 'not-measured', evidence: 'not judged' };
  return { part: id, state: states[row.grade], evidence: gradeWords(row) };
}

/** An exception that could be anybody's is none: a broad one, and a name that nobody bears and somebody may take. */
function fence(evidence: PracticeEvidence, id: string): Part {
  const part = guardrail(evidence, id, fenceGrades);
  const row = evidence.guardrails.find((it) => it.guardrail === id);
  if (row?.grade !== 'enforced-with-exceptions') return part;
  const also = (state: PartState, words: string): Part => ({ ...part, state, evidence: `${part.evidence}, ${words}` });
  if (row.exemptions.some(({ broad }) => broad)) return also('partly', 'some of them broad');
  if (row.exemptions.some(({ free }) => free === true))
    return also('partly', 'of a name that nobody bears and that no SCP keeps anybody from taking');
  if (row.exemptions.some(({ free }) => free === null))
    return also('not-measured', 'and whether those are there was not read');
  return part;
}

function gradeWords(row: GuardrailRow): string {
  const { grade, why, exemptions } = row;
  if (grade === 'partial') return `partial: ${throughWords(row)}`;
  if (grade === 'enforced-with-exceptions')
    return `enforced with ${exemptions.length} ${exemptions.length === 1 ? 'exception' : 'exceptions'}`;
  const word = grade.replace('-', ' ');
  return why === null ? word : `${word}: ${why}`;
}

function liveKeys({ credentials, keysRead }: PracticeEvidence): Part {
  const live = credentials.filter((row) => row.ai && row.live);
  const usable = live.filter(({ use }) => use !== 'denied').length;
  const unread = keysRead ? '' : '; not every user was read';
  const keys = `${live.length} live ${live.length === 1 ? 'key' : 'keys'}`;
  const part = (state: PartState, evidence: string): Part => ({ part: 'live-ai-keys', state, evidence });
  const told = usable === live.length ? 'not denied' : `${usable} not denied`;
  if (usable > 0) return part('open', `${keys}, ${told}${unread}`);
  if (live.length > 0) return part('partly', `${keys}, use denied${unread}`);
  return keysRead ? part('in-place', 'no live key') : part('not-measured', `no live key seen${unread}`);
}

const cellStates: Readonly<Record<LoggingRow['status'], PartState>> = {
  covered: 'in-place',
  partial: 'partly',
  'not-covered': 'open',
  'not-measured': 'not-measured',
};

/** Cells of the core AI classes, as the figure counts them. */
function dataEvents({ cells, cellsRead }: PracticeEvidence): Part {
  const core = cells.filter((row) => row.core);
  const count = (status: LoggingRow['status']): number => core.filter((row) => row.status === status).length;
  const unknown: PartState[] = cellsRead && core.length > 0 ? [] : ['not-measured'];
  const state = together([...core.map(({ status }) => cellStates[status]), ...unknown]);
  const others = [
    ...(count('partial') > 0 ? [`${count('partial')} partly`] : []),
    ...(count('not-measured') > 0 ? [`${count('not-measured')} not measured`] : []),
    ...(cellsRead ? [] : ['its Regions were assumed']),
  ];
  const evidence = [`${count('covered')} of ${core.length} cells covered`, ...others].join(', ');
  return { part: 'ai-data-events', state, evidence: core.length === 0 ? 'no cell was measured' : evidence };
}
