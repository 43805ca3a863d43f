import type { NightSummary } from '../../domain/summary.ts';
import { integer } from '../numbers.ts';
import { type FrameworkView, frameworkViews, resultCounts } from '../requirements.ts';
import { findingPath } from './finding-pages.ts';

/** A framework in one line, with what fails of it. */
export interface FrameworkLine {
  readonly name: string;
  readonly id: string;
  /** Requirements that fail, are not measured, pass, do not apply, are not answered. */
  readonly counts: readonly string[];
  readonly failing: readonly FailingRequirement[];
}

export interface FailingRequirement {
  readonly id: string;
  readonly label: string;
  readonly rate: string;
  readonly accounts: string;
  readonly controls: readonly { readonly id: string; readonly title: string; readonly href: string | null }[];
}

export interface RequirementsView {
  readonly heads: readonly string[];
  readonly frameworks: readonly FrameworkLine[];
}

export const requirementsView = (summary: NightSummary, linked: boolean): RequirementsView => ({
  heads: resultCounts([]).map(({ word }) => word),
  frameworks: frameworkViews(summary).map((view) => ({
    name: view.name,
    id: view.id,
    counts: resultCounts(summary.requirements.filter(({ framework }) => framework === view.id)).map(({ count }) =>
      integer(count),
    ),
    failing: failingOf(view, linked),
  })),
});

const failingOf = ({ requirements }: FrameworkView, linked: boolean): FailingRequirement[] =>
  requirements
    .filter(({ status }) => status.tone === 'fail')
    .map(({ id, label, rate, accounts, controls }) => ({
      ...{ id, label, rate, accounts },
      controls: controls
        .filter((control) => control.fails)
        .map((control) => ({ ...control, href: linked ? findingPath(control.id, 1) : null })),
    }));
