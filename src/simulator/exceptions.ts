import type { ExceptionSummary, NightSummary } from '../domain/summary.ts';
import { differences } from './truth.ts';

/** What exceptions must cover in a simulated organisation, as whoever wrote them counted it. */
export interface PlantedExceptions {
  readonly exceptions: readonly Pick<ExceptionSummary, 'id' | 'status' | 'findings' | 'notMeasured' | 'returned'>[];
  /** Failing findings that are covered, each once. */
  readonly findings: number;
  /** Members of figures of the organisation, on effective permissions; a figure that is not here has none. */
  readonly figures: Readonly<Record<string, number>>;
}

/** Where a night's exceptions differ from the truth, one sentence each. */
export function compareExceptions(
  { exceptions, excepted, metrics }: Pick<NightSummary, 'exceptions' | 'excepted' | 'metrics'>,
  truth: PlantedExceptions,
): string[] {
  const figures = metrics.filter(({ scope, basis }) => scope === 'organization' && basis === 'effective');
  return [
    ...truth.exceptions.flatMap((planted) =>
      differences(
        `exception ${planted.id}`,
        planted,
        exceptions.find(({ id }) => id === planted.id),
      ),
    ),
    ...differences('number of exceptions', truth.exceptions.length, exceptions.length),
    ...differences('excepted findings', truth.findings, excepted.findings),
    ...figures.flatMap((metric) =>
      differences(`excepted of ${metric.id}`, truth.figures[metric.id] ?? 0, metric.excepted),
    ),
  ];
}
