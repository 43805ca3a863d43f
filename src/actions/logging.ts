import { invocationClass, managementClass } from '../catalogue/ai-event-classes.ts';
import type { Change } from '../domain/action-table.ts';
import type { LoggingFixRow, LoggingRow } from '../domain/tables.ts';
import { effectsOf } from './effect.ts';
import type { World } from './world.ts';

/** Each fix of a logging gap: the cells that it closes are counted again as covered. One of the organisation is the same for all accounts. */
export const recordings = ({ result, shared, rules }: World): Change[] => {
  const management = shared.managementAccount.kind === 'known' ? shared.managementAccount.value : null;
  const cells = new Map(result.logging.map((row) => [`${row.region}/${row.eventClass}`, row]));
  return result.loggingFixes.map((fix): Change => {
    const closed = fix.closes.flatMap(({ eventClass, regions }) =>
      regions.flatMap((region) => cells.get(`${region}/${eventClass}`) ?? []),
    );
    const central = fix.runIn === management && fix.target !== invocationClass;
    return {
      key: central ? `record-events/${fix.target ?? 'new-trail'}` : `record-events/${fix.id}`,
      account: central ? 'organization' : fix.account,
      kind: 'record-events',
      what: whatOf(fix, central),
      command: fix.steps.join('\n'),
      policy: null,
      blast: { accounts: 1, identities: 0, used: 0, words: wordsOf(fix, central ? null : closed.length) },
      effects: effectsOf(rules.metrics, {
        before: { cells: closed },
        after: { cells: closed.map((row): LoggingRow => ({ ...row, status: 'covered' })) },
      }),
      closes: [...new Set(closed.map(({ region, eventClass }) => `${controlOf(eventClass)}/${region}`))],
    };
  });
};

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

function whatOf({ target, account }: LoggingFixRow, central: boolean): string {
  if (target === invocationClass) return `Log what models are asked and answer in ${account}`;
  if (target !== null) return `Let trail ${nameOf(target)} record what it leaves out`;
  return central ? 'Make a trail of the organisation' : `Make a trail in ${account}`;
}

/** `cells` null: a change that many accounts tell of, each with another number. */
function wordsOf({ costDriver }: LoggingFixRow, cells: number | null): string {
  const cost = costDriver === null ? '' : `; CloudTrail charges by event, most of them likely ${costDriver}`;
  const places = cells === null ? '' : `; ${cells} places without a full record get one`;
  return `it takes nothing from anybody${places}${cost}`;
}

const controlOf = (eventClass: string): string => {
  if (eventClass === invocationClass) return 'model-invocation-logging';
  return eventClass === managementClass ? 'management-events' : 'ai-data-events';
};

/**
 * Recorded events of which nobody is told: one change for each place where a piece is missing, a log group, a trail or a rule. What a trail of
 * the organisation writes to is changed once, for every account that it records. What it does to the figure is not tried.
 */
export const tellings = ({ result, planned, shared }: World): Change[] => {
  const open = result.forwarding.filter(
    ({ grade, command }) => (grade === 'stored-only' || grade === 'forwarded') && command !== null,
  );
  const ofAll = new Set([...shared.trails.map(({ arn }) => arn), ...Object.keys(shared.forwarding?.groups ?? {})]);
  return [...Map.groupBy(open, ({ target, missing }) => target ?? missing ?? '')].map(([place, rows]): Change => {
    const runIn = rows[0]?.runIn ?? null;
    const central = runIn !== null && ofAll.has(place);
    const commands = [...new Set(rows.flatMap(({ command }) => command ?? []))];
    const missing = [...new Set(rows.flatMap((row) => row.missing ?? []))].join('; ');
    const classes = central
      ? 'event classes that it records have nobody who would be told'
      : `${rows.length} event ${rows.length === 1 ? 'class is' : 'classes are'} recorded, and nobody would be told`;
    return {
      key: central ? `tell-of-events/${place}` : `tell-of-events/${planned.account}/${place}`,
      account: central ? 'organization' : planned.account,
      kind: 'tell-of-events',
      what: central
        ? `Tell somebody of AI events, with credentials of account ${runIn}, at ${place}`
        : `Tell somebody of AI events in ${planned.account}: ${missing}`,
      command: commands.join('\n'),
      ...(central ? { commands } : {}),
      policy: null,
      blast: { accounts: 1, identities: 0, used: 0, words: `${classes}; table forwarding has each` },
      effects: [],
      closes: [],
    };
  });
};
