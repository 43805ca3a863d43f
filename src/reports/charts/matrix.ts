import type { LoggingRow } from '../../domain/tables.ts';
import { integer, thin } from '../numbers.ts';
import { type Cells, cellTotal, cellWords } from './class-strip.ts';

export type FoldedCells = ReadonlyMap<string, Cells>;

const none: Cells = { covered: 0, partial: 0, 'not-covered': 0, 'not-measured': 0 };

/** The cells of one account, folded over its Regions, by event class. */
export function foldRegions(rows: readonly LoggingRow[]): FoldedCells {
  const folded = new Map<string, Cells>();
  for (const { eventClass, status } of rows) {
    const cells = folded.get(eventClass) ?? none;
    folded.set(eventClass, { ...cells, [status]: cells[status] + 1 });
  }
  return folded;
}

export function addFolded(a: FoldedCells, b: FoldedCells): FoldedCells {
  const sum = new Map(a);
  for (const [eventClass, cells] of b) {
    const other = sum.get(eventClass) ?? none;
    sum.set(eventClass, {
      covered: cells.covered + other.covered,
      partial: cells.partial + other.partial,
      'not-covered': cells['not-covered'] + other['not-covered'],
      'not-measured': cells['not-measured'] + other['not-measured'],
    });
  }
  return sum;
}

/** One cell of the matrix: a look (shape and tone, drawn by the style sheet) and the words behind it. */
export interface MatrixCell {
  readonly look: 'all' | 'some' | 'part' | 'no' | 'unknown' | 'none';
  /** `3/17` where only some Regions are covered. */
  readonly text: string;
  readonly words: string;
}

export function matrixCell(cells: Cells | undefined): MatrixCell {
  const total = cells === undefined ? 0 : cellTotal(cells);
  if (cells === undefined || total === 0) return { look: 'none', text: '–', words: 'no cell' };
  const words = cellWords(cells);
  if (cells.covered === total) return { look: 'all', text: '', words };
  if (cells.covered > 0) return { look: 'some', text: fraction(cells.covered, total), words };
  if (cells.partial > 0) return { look: 'part', text: '', words };
  return { look: cells['not-measured'] === total ? 'unknown' : 'no', text: '', words };
}

/** `3/17`; large totals as a percentage rounded down, which is never 100. */
const fraction = (covered: number, total: number): string =>
  total < 100 ? `${integer(covered)}/${integer(total)}` : `${Math.floor((covered * 100) / total)}${thin}%`;

/** The cells that the AI figure counts and that fall short, those not measured apart. */
export interface Shortfall {
  /** Cells whose coverage is known. */
  readonly known: number;
  readonly missing: number;
  readonly notMeasured: number;
}

export const noShortfall: Shortfall = { known: 0, missing: 0, notMeasured: 0 };

/** Core AI classes only: management and classes that are merely shown are not in the figure. */
export function shortfallOf(rows: readonly LoggingRow[]): Shortfall {
  const count = (match: (status: LoggingRow['status']) => boolean): number =>
    rows.filter(({ core, status }) => core && match(status)).length;
  return {
    known: count((status) => status !== 'not-measured'),
    missing: count((status) => status === 'not-covered' || status === 'partial'),
    notMeasured: count((status) => status === 'not-measured'),
  };
}

export const addShortfall = (a: Shortfall, b: Shortfall): Shortfall => ({
  known: a.known + b.known,
  missing: a.missing + b.missing,
  notMeasured: a.notMeasured + b.notMeasured,
});

/** The cell of an account that was not measured at all. */
export const darkCell: MatrixCell = { look: 'unknown', text: '', words: 'not measured' };

/** `Bedrock Model` for `AWS::Bedrock::Model`, `Management: Bedrock` for `management:bedrock.amazonaws.com`. */
export function className(eventClass: string): string {
  const own = ownNames[eventClass];
  if (own !== undefined) return own;
  const [kind = '', source = ''] = eventClass.split(':');
  const words = kindWords[kind];
  if (words !== undefined) return `${words} ${sourceNames[source] ?? source}`;
  const [, service = '', type = eventClass] = eventClass.split('::');
  return `${serviceNames[service] ?? service} ${type}`;
}

const ownNames: Readonly<Record<string, string>> = {
  management: 'Management',
  'model-invocation-logging': 'Model call bodies',
};

const kindWords: Readonly<Record<string, string>> = {
  management: 'Management:',
  'network-activity': 'Network:',
};

const sourceNames: Readonly<Record<string, string>> = {
  'aws-external-anthropic.amazonaws.com': 'Claude',
  'bedrock.amazonaws.com': 'Bedrock',
  'bedrock-agentcore.amazonaws.com': 'AgentCore',
  'bedrock-mantle.amazonaws.com': 'Mantle',
  'sagemaker.amazonaws.com': 'SageMaker',
  'qbusiness.amazonaws.com': 'Q Business',
};

const serviceNames: Readonly<Record<string, string>> = {
  AWSExternalAnthropic: 'Claude',
  BedrockAgentCore: 'AgentCore',
  BedrockMantle: 'Mantle',
};
