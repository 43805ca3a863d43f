import { practiceWith } from '../domain/practice.ts';
import type { GuardrailRow } from '../domain/tables.ts';
import type { Window } from '../domain/window.ts';
import type { Asked } from '../judge/guardrails.ts';
import { rootTarget } from '../judge/scp-plan.ts';
import type { PlacedAccount } from '../pipeline/fenced-accounts.ts';
import { affectedLines } from './affected-words.ts';
import { attachCommands, emissionLines } from './emission-words.ts';
import { matrixLines, type NamedAccount } from './guardrail-matrix.ts';
import type { Trialled } from './guardrail-trial.ts';
import { besideLines, changeLines, firstOf, reasonLines } from './guardrail-words.ts';
import { printable } from './printable.ts';
import type { Emission } from './scp-emission.ts';
import type { Trial } from './scp-trial.ts';
import type { CaseSource } from './witness-cases.ts';

/** What `assay guardrails` found, for a person and for JSON. */
export interface GuardrailsTold extends Trialled {
  /** Null where SCPs were graded on their own. */
  readonly source: string | null;
  readonly window: Window | null;
  readonly asked: Asked;
  /** The id of the organisation's root. */
  readonly root: string;
  readonly accounts: readonly (NamedAccount & Pick<PlacedAccount, 'account' | 'ou'>)[];
  readonly shared: CaseSource;
  readonly trials: readonly Trial[];
  /** Null where no SCPs were asked for. */
  readonly emission: Emission | null;
}

/** Whether nothing that matters was left unknown, and no gap that was to be closed is open. */
export const isWhole = ({ cells, affected, unlisted, emission }: GuardrailsTold): boolean =>
  !cells.some(({ grade }) => grade === 'not-measured') &&
  !affected.some(({ verdict }) => verdict === 'not-measured') &&
  unlisted.length === 0 &&
  (emission?.unplaced.length ?? 0) === 0;

/** The cells whose grade differs, as they were and as they would be. */
function changedIn({ before, cells }: Trialled): (readonly [was: GuardrailRow, is: GuardrailRow])[] {
  return cells.flatMap((is, at) => {
    const was = before[at];
    return was !== undefined && was.grade !== is.grade ? [[was, is] as const] : [];
  });
}

/** The result as one JSON object. */
export function guardrailsJson(told: GuardrailsTold): string {
  const { source, window, asked, accounts, cells, trials, affected, unlisted, emission, root } = told;
  const idOf = (target: string): string => (target === rootTarget ? root : target);
  const changes = changedIn(told).map(([was, { account, guardrail, grade }]) => ({
    account,
    guardrail,
    before: was.grade,
    after: grade,
  }));
  const result = {
    source,
    window,
    settings: asked.settings,
    guardrails: asked.guardrails.map(({ id, version, title }) => ({ id, version, title, practice: practiceWith(id) })),
    accounts: accounts.map(({ account, name }) => ({ account, name })),
    cells,
    beside: told.beside,
    ...(trials.length === 0 && emission === null
      ? {}
      : { tried: trials.map((it) => triedJson(it, idOf)), changes, affected, unlisted }),
    ...(emission === null ? {} : emissionJson(emission, idOf)),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

const triedJson = ({ name, targets }: Trial, idOf: (target: string) => string): object => ({
  name,
  targets: targets.map(idOf),
});

const emissionJson = ({ scps, spared, unplaced }: Emission, idOf: (target: string) => string): object => ({
  scps: scps.map(({ name, targets, characters, document }) => ({
    ...{ name, targets: targets.map(idOf) },
    ...{ characters, document },
  })),
  spared,
  unplaced: unplaced.map((it) => ({ ...it, target: idOf(it.target) })),
});

/** What the words of the reasons mean, before the first of them. */
const legend = [
  '`zq7…` in a request: a name nobody uses, so it stands for any',
  '`level 4`: an SCP attached that deep in the organisation; `level root` is its root, `level 2` the step below',
];

/** The result for a person. `dir`: where SCPs were written. */
export function guardrailsText(told: GuardrailsTold, dir: string | null): string {
  const { source, asked, trials, accounts, listed, cells, affected, unlisted, emission, root } = told;
  const changed = changedIn(told);
  const { approved } = asked.settings;
  const unmeasured = cells.filter(({ grade }) => grade === 'not-measured').length;
  const reasons = reasonLines(asked.guardrails, cells, listed);
  const onTrial = trials.length > 0 && source !== null;
  const place = (targets: readonly string[]): string => (source === null ? '' : ` attached to ${targets.join(', ')}`);
  const lines = [
    source === null ? 'SCPs on their own, beside FullAWSAccess' : `guardrails of ${source}`,
    ...(emission === null ? trials.map(({ name, targets }) => `with ${name}${place(targets)}`) : []),
    ...(emission !== null && onTrial ? ['as they would stand with the SCPs below attached'] : []),
    '',
    ...matrixLines(accounts, asked.guardrails, cells, new Set(onTrial ? changed.map(([, { id }]) => id) : [])),
    ...(approved.length > 0 ? [`of those who get through, wanted as approved: ${firstOf(approved, 6)}`] : []),
    ...(emission === null ? [] : emissionLines(emission, { dir, root, unmeasured })),
    ...(onTrial ? changeLines(changed) : []),
    ...(onTrial ? affectedLines(affected) : []),
    ...unlisted.map(({ account, why }) => `  not known in account ${account}: ${why}`),
    ...(reasons.length === 0 ? [] : ['', ...legend]),
    ...reasons,
    ...besideLines(told.beside),
    ...(emission === null || dir === null || !onTrial ? [] : ['', ...attachCommands(emission, dir, root)]),
    '',
    'the management account is never enforced: no SCP binds it',
    'not judged: policies of resources and VPC endpoints; who holds these permissions at all is `assay who-can`',
  ];
  return `${lines.map(printable).join('\n')}\n`;
}
