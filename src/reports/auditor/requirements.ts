import type { NightSummary } from '../../domain/summary.ts';
import { type FrameworkView, frameworkViews, type RequirementView } from '../requirements.ts';

/** A framework as an auditor reads it: numbered, each requirement with a place of its own to link to. */
export interface FrameworkSheet extends Omit<FrameworkView, 'requirements'> {
  readonly number: string;
  readonly requirements: readonly (RequirementView & { readonly anchor: string })[];
}

export const frameworkSheets = (summary: NightSummary): FrameworkSheet[] =>
  frameworkViews(summary).map((view, at) => ({
    ...view,
    number: `7.${at + 1}`,
    requirements: view.requirements.map((it) => ({ ...it, anchor: `${view.id}-${it.id}` })),
  }));
