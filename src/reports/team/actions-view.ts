import type { QueueEntry } from '../../domain/action-summary.ts';
import type { NightSummary } from '../../domain/summary.ts';
import { endsWords, entryIn, entryTitle, figureTitle, movedFigures, touchWords } from '../actions.ts';
import { integer, plural } from '../numbers.ts';

/** One entry of the queue. */
export interface EntryView {
  readonly anchor: string;
  readonly title: string;
  readonly figures: readonly string[];
  readonly touches: string;
  readonly findings: string;
  readonly severity: string;
  readonly where: string | null;
  /** The policy as AWS takes it. */
  readonly policy: string | null;
  readonly commands: readonly { readonly what: string | null; readonly command: string; readonly long: boolean }[];
  /** What to copy: the first command. */
  readonly copy: string | null;
  readonly more: string | null;
}

export interface OwnerView {
  readonly owner: string;
  readonly entries: readonly EntryView[];
  readonly rest: readonly EntryView[];
  readonly restTitle: string | null;
}

/** The three entries that move a figure most. */
export interface FigureMoves {
  readonly title: string;
  readonly before: string;
  readonly best: readonly {
    readonly text: string;
    readonly owner: string;
    readonly after: string;
    readonly href: string;
  }[];
}

export interface ActionsView {
  readonly title: string;
  readonly figures: readonly FigureMoves[];
  readonly owners: readonly OwnerView[];
  readonly more: string | null;
}

/** Entries of an owner that stand open, and owners that are listed. */
const open = 3;
/** The page holds the first entries of the queue; its table holds all. */
const entriesAtMost = 60;

export function actionsView({ actions }: NightSummary): ActionsView {
  // Whoever moves a figure most is linked from above, and so stands on the page however far down the queue it is.
  const named = new Set(actions.figures.flatMap(({ best }) => best.map(({ id }) => id)));
  const shown = actions.queue.filter(({ id }, at) => at < entriesAtMost || named.has(id));
  const owners = [...Map.groupBy(shown, ({ owner }) => owner)]; // in the order of their first entry
  return {
    title:
      actions.changes === 0
        ? 'What to do: nothing was found that a change would make better'
        : `What to do: ${plural(actions.changes, 'change')}, the ones that matter most first`,
    figures: actions.figures.map(({ metric, before, open: hides, best }) => ({
      title: hides ? `${figureTitle(metric)}, of what we could count` : figureTitle(metric),
      before: endsWords(before),
      best: best.flatMap(({ id, after }) => {
        const entry = entryIn(actions, id);
        return entry === undefined
          ? []
          : [
              {
                text: entryTitle(entry),
                owner: entry.owner,
                after: endsWords(after),
                href: `#${anchorOf(id)}`,
              },
            ];
      }),
    })),
    owners: owners.map(([owner, entries]) => ownerView(owner, entries)),
    more:
      shown.length < actions.entries
        ? `${plural(actions.entries - shown.length, 'more entry', 'more entries')} by kind and owner: table results/actions has every change.`
        : null,
  };
}

function ownerView(owner: string, entries: readonly QueueEntry[]): OwnerView {
  const views = entries.map(entryView);
  const rest = views.slice(open);
  return {
    owner,
    entries: views.slice(0, open),
    rest,
    restTitle: rest.length === 0 ? null : plural(rest.length, 'more for this owner', 'more for this owner'),
  };
}

/** Commands of more characters are folded. */
const lineAtMost = 240;
/** What a page has room for, in whole lines: the table has every one. */
const commandAtMost = 3_000;
const commandView = (what: string | null, whole: string): EntryView['commands'][number] => {
  const command = shortened(whole);
  return { what, command, long: command.length > lineAtMost };
};

/** The first lines of a command, at least one, and how many more there are. */
function shortened(command: string): string {
  if (command.length <= commandAtMost) return command;
  const lines = command.split('\n');
  let length = 0;
  const fitting = lines.findIndex((line, at) => {
    length += line.length;
    return at > 0 && length > commandAtMost;
  });
  if (fitting < 0) return command;
  const rest = lines.length - fitting;
  return [...lines.slice(0, fitting), `# and ${plural(rest, 'more line')}: table results/actions`].join('\n');
}

const anchorOf = (id: string): string => `do-${id.replace(/[^\w-]+/g, '-')}`;

function entryView(entry: QueueEntry): EntryView {
  const { id, central, command, policy, where, first, changes, severity, findings } = entry;
  const own = first.flatMap(({ what, command: line }) => (line === null ? [] : [commandView(what, line)]));
  const commands = central ? (command === null ? [] : [commandView(null, command)]) : own;
  const text = policy === null ? null : JSON.stringify(policy, null, 1);
  const told = central ? 1 : first.length;
  return {
    anchor: anchorOf(id),
    title: entryTitle(entry),
    figures: movedFigures(entry),
    touches: touchWords(entry),
    findings: findings === 0 ? '–' : integer(findings),
    severity: severity ?? '–',
    where,
    policy: text,
    commands,
    copy: commands[0]?.command ?? null,
    more: changes > told ? `and ${plural(changes - told, 'more change')}: table results/actions` : null,
  };
}
