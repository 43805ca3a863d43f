import {
  type DocumentOptions,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParseOptions,
  parseDocument,
  type SchemaOptions,
  visit,
} from 'yaml';
import type { z } from 'zod';

/** Where in a file, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A file that cannot be used: what is wrong, and where. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
  readonly at: Position;
  readonly problem: string;
  constructor(at: Position, problem: string) {
    super(`line ${at.line}, column ${at.column}: ${problem}`);
    this.at = at;
    this.problem = problem;
  }
}

/** Reads YAML (JSON is YAML) that a schema describes. Throws `YamlError` for the first fault; an empty file is `{}`. */
export function readYaml<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  options: ParseOptions & DocumentOptions & SchemaOptions = {},
): z.output<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(text, { ...options, lineCounter: lines });
  const placed = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) throw new YamlError(placed(fault.pos[0]), firstLine(fault.message));
  visit(document, {
    Alias(_, { range, source }) {
      throw new YamlError(placed(range?.[0] ?? 0), `an alias (\`*${source}\`): write the value out`);
    },
  });
  const given: unknown = document.toJS() ?? {};
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw parsed.error;
  throw new YamlError(placed(offsetOf(document.contents, issue)), wordsOf(issue));
}

/** The library draws the place on further lines. */
const firstLine = (message: string): string =>
  (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');

type Issue = z.core.$ZodIssue;

/** Where the fault lies: the key that nobody knows, else the value, else the closest thing around it that is there. */
function offsetOf(contents: Node | null, issue: Issue): number {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  let [node, offset]: [unknown, number] = [contents, contents?.range?.[0] ?? 0];
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (pair === undefined) return offset;
      const unknownKey = last && issue.code === 'unrecognized_keys';
      node = unknownKey || pair.value === null ? pair.key : pair.value;
    } else if (isSeq(node)) node = node.items[Number(step)];
    offset = (node as Node | undefined)?.range?.[0] ?? offset;
  }
  return offset;
}

function wordsOf(issue: Issue): string {
  const where = issue.path.length === 0 ? 'here' : `in ${issue.path.join('.')}`;
  if (issue.code === 'unrecognized_keys') return `unknown key \`${issue.keys[0]}\` ${where}`;
  const text = issue.message.replace(/^Invalid input: /, '');
  return issue.path.length === 0 ? text : `${issue.path.join('.')}: ${text}`;
}
