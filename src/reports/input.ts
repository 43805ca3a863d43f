import type { Pointer } from '../domain/night.ts';
import type { NightSummary } from '../domain/summary.ts';
import type { TableName, TableRow } from '../domain/tables.ts';
import type { History } from '../history/history.ts';

export const audiences = ['executive', 'team', 'auditor'] as const;
export type Audience = (typeof audiences)[number];

export type ReportFormat = 'html' | 'pdf';

/** All that a report is made from: one summary, its tables (streamed, in plan order), and the index of the evidence. */
export interface ReportInput {
  readonly summary: NightSummary;
  rows<Name extends TableName>(table: Name): AsyncIterable<TableRow<Name>>;
  readonly evidence: readonly Pointer[];
  /** The nights before this one and what changed since; absent where a report is made of one night alone. */
  readonly history?: History;
}

/** One file of a report; `path` is relative to the report's own folder. */
export interface Document {
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}
