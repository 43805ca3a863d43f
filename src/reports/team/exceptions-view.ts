import type { NightSummary } from '../../domain/summary.ts';
import { type ExceptionView, exceptionsTitle, exceptionViews } from '../exceptions.ts';
import { integer } from '../numbers.ts';

/** What is excepted, by whom, until when. */
export interface ExceptionsView {
  readonly title: string;
  readonly exceptions: readonly ExceptionView[];
  readonly rest: string | null;
}

const shown = 200;

export function exceptionsView(summary: NightSummary): ExceptionsView {
  const all = exceptionViews(summary);
  return {
    title: exceptionsTitle(summary),
    exceptions: all.slice(0, shown),
    rest:
      all.length > shown
        ? `${integer(shown)} of ${integer(all.length)} are listed here; summary.json holds all.`
        : null,
  };
}
