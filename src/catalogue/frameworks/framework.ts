/**
 * One requirement of a framework: its id and our own words. The framework's text is not ours to print and is nowhere in Assay. Which
 * controls and figures speak to it stands with them (`frameworks`).
 */
export interface Requirement {
  readonly id: string;
  /** What it is about, in our words. */
  readonly label: string;
  /** No published mapping that we read ties such controls to this id: the tie is our proposal. */
  readonly proposal?: true;
  /** The part of it that Assay can answer; null = nothing that Assay reads answers it. */
  readonly answers: string | null;
  /** The part that it cannot answer; null = none that we know of. */
  readonly notCovered: string | null;
  readonly limit?: Limit;
  /** Days: what was used in a longer window than this may have been out of use for as long as the requirement allows nobody to be. */
  readonly windowAtMost?: number;
}

/** A number that a requirement states itself: a laxer threshold of the control cannot show that it is met. */
export type Limit = {
  readonly control: string;
  readonly threshold: string;
} & ({ readonly atMost: number } | { readonly atLeast: number });

/** A framework in one version. The version is part of the id: requirements move from one to the next. */
export interface Framework<Id extends string = string> {
  readonly id: Id;
  readonly name: string;
  /** Which of its requirements are listed here, and which are not. */
  readonly listed: string;
  /** Where the ids and their ties to such controls were read. */
  readonly source: string;
  readonly requirements: readonly Requirement[];
}

type Told = readonly [id: string, label: string, answers: string | null, notCovered: string | null];

/** A table of requirements, one line each. */
export const requirementsOf = (
  lines: readonly Told[],
  {
    proposals = [],
    limits = {},
    windows = {},
  }: {
    readonly proposals?: readonly string[];
    readonly limits?: Readonly<Record<string, Limit>>;
    readonly windows?: Readonly<Record<string, number>>;
  } = {},
): Requirement[] =>
  lines.map(([id, label, answers, notCovered]) => ({
    id,
    label,
    ...(proposals.includes(id) ? { proposal: true as const } : {}),
    answers,
    notCovered,
    ...(limits[id] === undefined ? {} : { limit: limits[id] }),
    ...(windows[id] === undefined ? {} : { windowAtMost: windows[id] }),
  }));
