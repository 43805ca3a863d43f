import { addEffects } from '../actions/effect.ts';
import { actionRowOf, type Closing, withFindings, worstSeverity } from '../actions/findings.ts';
import { type Fenced, placesOf, rootNode } from '../actions/places.ts';
import { movesOf, standingOf, summaryOf } from '../actions/queue.ts';
import { scpFor } from '../actions/scps.ts';
import type { ActionSummary, QueueEntry } from '../domain/action-summary.ts';
import {
  type AccountChanges,
  type ActionRow,
  type Change,
  type ChangeKind,
  changeKinds,
  type Effect,
} from '../domain/action-table.ts';
import { isBeyondUs } from '../domain/gap.ts';
import { type GuardrailSettings, guardrailSettings } from '../domain/guardrail-settings.ts';
import type { OrganizationalUnit } from '../domain/night.ts';
import type { Metric } from '../domain/summary.ts';
import { type AccountRow, type FindingRow, type GapRow, severities } from '../domain/tables.ts';
import { byKey } from './counts.ts';

/** Who makes changes that are made once for many accounts. */
export const centralOwner = 'the organisation';

type First = QueueEntry['first'][number] & { readonly place: number; readonly id: string };

/** Changes of one kind by one owner, or one central change, while accounts are added. */
interface Group {
  readonly kind: ChangeKind;
  readonly owner: string;
  readonly central: boolean;
  /** Of the first account that tells of it, by its place in the plan: its words are shown. */
  readonly place: number;
  readonly what: string;
  readonly command: string | null;
  readonly words: string;
  readonly changes: number;
  readonly accounts: number;
  readonly identities: number;
  readonly used: number;
  readonly usedUnknown: number;
  readonly severity: ActionRow['severity'];
  readonly findings: number;
  readonly effects: readonly Effect[];
  readonly first: readonly First[];
  /** Findings of a central change, the first ones. */
  readonly named: readonly string[];
  readonly spared: readonly string[];
  /** Parts of a central change's command, of all accounts that tell of it; none: `command` is the whole. */
  readonly commands: readonly string[];
  /** Of the policy that it asks for. */
  readonly partition?: string;
}

/** What an `ActionTally` is written down as. */
export interface ActionTallyData {
  readonly rows: number;
  /** Accounts that something hides: all of it readable, they are measured in full. */
  readonly hidden: number;
  readonly groups: readonly (readonly [key: string, group: Group])[];
  readonly fences: readonly (readonly [key: string, fenced: Fenced])[];
}

const shownOf = { first: 3, named: 50, spared: 21 } as const;

/** What an account adds. */
export interface ActionsOf {
  readonly row: AccountRow;
  readonly actions: AccountChanges;
  readonly findings: readonly FindingRow[];
  readonly gaps: readonly GapRow[];
}

/** What to do, added up account by account. Addition is associative and commutative. */
export class ActionTally {
  readonly #settings: GuardrailSettings;
  #rows = 0;
  #hidden = 0;
  readonly #groups = new Map<string, Group>();
  readonly #fences = new Map<string, Fenced>();

  /** `settings`: what SCPs are written for. */
  constructor(settings: GuardrailSettings = guardrailSettings) {
    this.#settings = settings;
  }

  /** Adds one account with its place in the plan; gives the rows of its own changes. */
  add({ row, actions, findings, gaps }: ActionsOf, owner: string, place: number): ActionRow[] {
    const opened = readings(row, gaps);
    if (opened.length > 0) this.#hidden += 1;
    const closings = withFindings([...actions.changes, ...opened], findings);
    const own = closings.filter(({ change }) => change.account !== 'organization');
    for (const [kind, alike] of Map.groupBy(own, ({ change }) => change.kind)) {
      const effects = actions.together.find((it) => it.kind === kind)?.effects ?? [];
      this.#enter(`owner/${kind}/${owner}`, groupOf(alike, { owner, central: false, place, effects }));
    }
    for (const closing of closings.filter(({ change }) => change.account === 'organization'))
      this.#enter(
        `central/${closing.change.key}`,
        groupOf([closing], { owner: centralOwner, central: true, place, effects: closing.change.effects }),
      );
    for (const { guardrail, state } of actions.fences)
      for (const node of [rootNode, ...row.ou])
        this.#fence(`${guardrail} ${node}`, { open: state === 'open' ? 1 : 0, kept: state === 'kept' ? 1 : 0 });
    this.#rows += own.length;
    return own.map((closing) => actionRowOf(closing, owner));
  }

  /** Adds what the organisation's own findings ask for. */
  addOrganization(findings: readonly FindingRow[]): void {
    for (const closing of withFindings([], findings)) {
      const group = groupOf([closing], { owner: centralOwner, central: true, place: -1, effects: [] });
      this.#enter(`central/${closing.change.key}`, { ...group, accounts: 0 });
    }
  }

  #enter(key: string, group: Group): void {
    const there = this.#groups.get(key);
    this.#groups.set(key, there === undefined ? group : sumOf(there, group));
  }

  #fence(key: string, { open, kept }: Fenced): void {
    const there = this.#fences.get(key) ?? { open: 0, kept: 0 };
    this.#fences.set(key, { open: there.open + open, kept: there.kept + kept });
  }

  /** Adds another part of the night, as `toJSON` wrote it down. */
  merge({ rows, hidden, groups, fences }: ActionTallyData): void {
    this.#rows += rows;
    this.#hidden += hidden;
    for (const [key, group] of groups) this.#enter(key, group);
    for (const [key, fenced] of fences) this.#fence(key, fenced);
  }

  toJSON(): ActionTallyData {
    return {
      rows: this.#rows,
      hidden: this.#hidden,
      groups: [...this.#groups].sort(byKey),
      fences: [...this.#fences].sort(byKey),
    };
  }

  /** The rows of changes that are made once for many accounts. */
  centralRows(): ActionRow[] {
    return [...this.#groups]
      .filter(([, { central }]) => central)
      .sort(byKey)
      .map(([key, group]) => ({
        id: key.slice('central/'.length),
        account: 'organization',
        kind: group.kind,
        owner: group.owner,
        what: group.what,
        command: commandOf(group),
        policy: policyOf(key, group, this.#settings),
        blast: {
          accounts: group.accounts,
          identities: group.identities,
          used: group.usedUnknown > 0 ? null : group.used,
          words: group.words,
        },
        severity: group.severity,
        findings: [...group.named],
        effects: [...group.effects],
      }));
  }

  summary(metrics: readonly Metric[], ous: readonly OrganizationalUnit[]): ActionSummary {
    const standing = standingOf(metrics);
    const entries = [...this.#groups].map(([id, group]): QueueEntry => {
      const { kind, owner, central, what, changes, accounts, identities, used, usedUnknown } = group;
      return {
        id,
        ...{ kind, owner, central },
        what: central ? what : null,
        command: central ? commandOf(group) : null,
        policy: policyOf(id, group, this.#settings),
        where: kind === 'attach-scp' ? placesOf(this.#nodesOf(id), ous) : null,
        ...{ changes, accounts, identities, used, usedUnknown },
        words: group.words,
        severity: group.severity,
        findings: group.findings,
        moves: movesOf(group.effects, standing),
        first: group.first.map(({ account, what: told, command: line }) => ({ account, what: told, command: line })),
      };
    });
    const central = entries.filter((entry) => entry.central).length;
    const kinds = changeKinds.flatMap((kind) => {
      const own = [...this.#groups.values()].filter((group) => group.kind === kind);
      if (own.length === 0) return [];
      const sum = (of: (group: Group) => number): number => own.reduce((all, group) => all + of(group), 0);
      return [
        {
          kind,
          changes: sum(({ central: once, changes }) => (once ? 1 : changes)),
          owners: new Set(own.map(({ owner }) => owner)).size,
          accounts: sum(({ accounts }) => accounts),
          findings: sum(({ findings }) => findings),
          moves: movesOf(
            kind === 'open-reading' ? [measured(this.#hidden)] : addEffects(own.map(({ effects }) => effects)),
            standing,
          ),
        },
      ];
    });
    return summaryOf(entries, this.#rows + central, kinds, standing);
  }

  #nodesOf(id: string): ReadonlyMap<string, Fenced> {
    const guardrail = `${id.slice(id.lastIndexOf('/') + 1)} `;
    return new Map(
      [...this.#fences].flatMap(([key, fenced]) =>
        key.startsWith(guardrail) ? [[key.slice(guardrail.length), fenced] as const] : [],
      ),
    );
  }
}

const commandOf = ({ command, commands }: Group): string | null =>
  commands.length > 0 ? commands.join('\n') : command;

/** The SCP of a guardrail, ready to be attached, where it is known whom it would stop, and those it spares are few enough to name. */
function policyOf(
  key: string,
  { kind, spared, usedUnknown, partition }: Group,
  settings: GuardrailSettings,
): ActionRow['policy'] {
  if (kind !== 'attach-scp' || usedUnknown > 0 || spared.length >= shownOf.spared) return null;
  return scpFor(key.slice(key.lastIndexOf('/') + 1), spared, { ...settings, partition }) as ActionRow['policy'];
}

interface Around {
  readonly owner: string;
  readonly central: boolean;
  readonly place: number;
  readonly effects: readonly Effect[];
}

function groupOf(closings: readonly Closing[], { owner, central, place, effects }: Around): Group {
  const [head] = closings;
  if (head === undefined) throw new Error('a group of changes without a change');
  const blasts = closings.map(({ change }) => change.blast);
  const findings = new Map(closings.flatMap((it) => it.findings).map((row) => [row.id, row]));
  const rows = closings.map((closing) => actionRowOf(closing, owner));
  return {
    ...{ kind: head.change.kind, owner, central, place },
    what: head.change.what,
    command: rows[0]?.command ?? null,
    words: head.change.blast.words,
    changes: closings.length,
    accounts: 1,
    identities: blasts.reduce((sum, { identities }) => sum + identities, 0),
    used: blasts.reduce((sum, { used }) => sum + (used ?? 0), 0),
    usedUnknown: blasts.filter(({ used }) => used === null).length,
    severity: worstSeverity([...findings.values()]),
    findings: findings.size,
    effects,
    first: firstOf(rows.map(({ id, account, what, command }) => ({ place, id, account, what, command }))),
    named: central ? [...findings.keys()].sort().slice(0, shownOf.named) : [],
    spared: head.change.spared?.slice(0, shownOf.spared) ?? [],
    commands: central ? (head.change.commands?.toSorted() ?? []) : [],
    ...(head.change.partition === undefined ? {} : { partition: head.change.partition }),
  };
}

const firstOf = (all: readonly First[]): First[] =>
  all.toSorted((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1)).slice(0, shownOf.first);

const worse = (a: ActionRow['severity'], b: ActionRow['severity']): ActionRow['severity'] =>
  severities.find((severity) => severity === a || severity === b) ?? null;

/**
 * Of a change in many accounts: that its use is not known in one, else that it is used in one, goes for all.
 * Of words of one rank the first in order of text, so that no order of merging shows.
 */
function wordsOf(a: Group, b: Group): string {
  const rank = ({ usedUnknown, used }: Group): number => (usedUnknown > 0 ? 2 : used > 0 ? 1 : 0);
  const ahead = rank(a) - rank(b) || (a.words < b.words ? 1 : -1);
  return ahead > 0 ? a.words : b.words;
}

function sumOf(a: Group, b: Group): Group {
  const head = a.place <= b.place ? a : b;
  const partition = a.partition ?? b.partition;
  return {
    ...head,
    ...(partition === undefined ? {} : { partition }),
    words: wordsOf(a, b),
    changes: a.central ? 1 : a.changes + b.changes,
    accounts: a.accounts + b.accounts,
    identities: a.identities + b.identities,
    used: a.used + b.used,
    usedUnknown: a.usedUnknown + b.usedUnknown,
    severity: worse(a.severity, b.severity),
    findings: a.findings + b.findings,
    effects: addEffects([a.effects, b.effects]),
    first: a.central ? head.first : firstOf([...a.first, ...b.first]),
    named: [...new Set([...a.named, ...b.named])].sort().slice(0, shownOf.named),
    spared: [...new Set([...a.spared, ...b.spared])].sort().slice(0, shownOf.spared),
    commands: [...new Set([...a.commands, ...b.commands])].sort(),
  };
}

/** Accounts that are measured in full then. */
const measured = (accounts: number): Effect => ({
  metric: 'completeness.accounts',
  ...{ numerator: accounts, denominator: 0, untrackable: 0, unread: 0 },
});

/** What is to be made readable: one change for each call and cause, of all accounts. An account with one cause alone is then measured in full. */
function readings({ status }: AccountRow, gaps: readonly GapRow[]): Change[] {
  if (status !== 'failed' && status !== 'partial') return [];
  const causes = Map.groupBy(
    gaps.filter(({ gap }) => !isBeyondUs(gap)),
    ({ gap, operation }) => `${gap.code}/${operation}${typeof gap['by'] === 'string' ? `/${gap['by']}` : ''}`,
  );
  return [...causes].map(
    ([cause, rows]): Change => ({
      key: `open-reading/${cause}`,
      account: 'organization',
      kind: 'open-reading',
      what: rows[0]?.remedy ?? cause,
      command: null,
      policy: null,
      blast: {
        accounts: 1,
        identities: 0,
        used: 0,
        words: `${rows[0]?.cause ?? cause}: what hides behind it counts as the worst there can be`,
      },
      effects: causes.size === 1 ? [measured(1)] : [],
      closes: [],
    }),
  );
}
