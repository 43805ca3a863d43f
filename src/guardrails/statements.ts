import type { Closing } from './define.ts';

/** Some actions of a closing statement, and who keeps them. */
export interface Entry {
  readonly closing: Closing;
  readonly actions: readonly string[];
  /** ARNs of users and roles. */
  readonly exempt: readonly string[];
}

/** A statement of a policy document. */
export interface DenyStatement {
  readonly Sid: string;
  readonly Effect: 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface ScpDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly DenyStatement[];
}

/** The statements of some entries: closings of one Sid that take the same from the same are one statement. */
export function statementsFrom(entries: readonly Entry[]): DenyStatement[] {
  const alike = Map.groupBy(entries, ({ closing: { sid, condition }, actions, exempt }) =>
    JSON.stringify([sid, condition ?? null, actions, exempt]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : [
          statementFrom(
            first,
            group.map(({ closing }) => closing),
          ),
        ];
  });
}

function statementFrom({ closing, actions, exempt }: Entry, closings: readonly Closing[]): DenyStatement {
  const whole = closing.all !== undefined && actions.length === closing.actions.length;
  const { value } = closing;
  const condition = {
    ...(value === undefined
      ? {}
      : { [value.operator]: { [value.key]: oneOrMore(closings.flatMap((it) => it.value?.is ?? [])) } }),
    ...closing.condition,
    ...(exempt.length === 0 ? {} : { ArnNotLike: { 'aws:PrincipalArn': oneOrMore(exempt) } }),
  };
  return {
    Sid: closing.sid,
    Effect: 'Deny',
    Action: whole ? (closing.all ?? '*') : oneOrMore(actions),
    Resource: oneOrMore(closings.map(({ resource }) => resource ?? '*')),
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

function oneOrMore(texts: readonly string[]): string | readonly string[] {
  const [first = '', ...others] = [...new Set(texts)];
  return others.length === 0 ? first : [first, ...others];
}

/** A document of some statements: AWS wants each Sid once. */
export function documentOf(statements: readonly DenyStatement[]): ScpDocument {
  const seen = new Map<string, number>();
  const numbered = statements.map((statement) => {
    const number = (seen.get(statement.Sid) ?? 0) + 1;
    seen.set(statement.Sid, number);
    return number === 1 ? statement : { ...statement, Sid: `${statement.Sid}${number}` };
  });
  return { Version: '2012-10-17', Statement: numbered };
}

/** The Sid of the closing that a statement came from. */
export const closingSidOf = (sid: string): string => sid.replace(/\d+$/, '');

/** Characters that AWS counts of a document: blanks that JSON does not need are left out. */
export const sizeOf = (document: ScpDocument): number => JSON.stringify(document).length;

/** Statements in as few documents as first fit finds, the largest first; null where one is too large by itself. */
export function packed(statements: readonly DenyStatement[], characters: number): ScpDocument[] | null {
  const bins: DenyStatement[][] = [];
  const bySize = statements.toSorted((a, b) => JSON.stringify(b).length - JSON.stringify(a).length);
  for (const statement of bySize) {
    if (sizeOf(documentOf([statement])) > characters) return null;
    const bin = bins.find((it) => sizeOf(documentOf([...it, statement])) <= characters);
    if (bin === undefined) bins.push([statement]);
    else bin.push(statement);
  }
  const place = new Map(statements.map((statement, at) => [statement, at]));
  const inOrder = (bin: readonly DenyStatement[]) => bin.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  return bins.map((bin) => documentOf(inOrder(bin)));
}
