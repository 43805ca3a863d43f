import type { TranscriptLine } from '../../../domain/transcript.ts';
import type { Owner } from '../../../ports/aws-reader.ts';

/** A line and whose answer it is. */
export interface PlacedLine {
  readonly owner: Owner;
  readonly line: TranscriptLine;
}

/** An answer with its place found inside it. */
export type Placed = Pick<PlacedLine, 'owner'> & Pick<TranscriptLine, 'region' | 'input' | 'output'>;
