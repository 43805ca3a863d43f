import { z } from 'zod';

/**
 * A column of a result table as both dialects can hold it. `json`: text whose form differs from row to row, such as the values that decided a
 * finding.
 */
export type ColumnType =
  | { readonly kind: 'text' | 'whole' | 'real' | 'truth' | 'json' }
  | { readonly kind: 'list'; readonly of: ColumnType }
  | { readonly kind: 'map'; readonly of: ColumnType }
  | { readonly kind: 'struct'; readonly fields: readonly Column[] };

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** What `z.toJSONSchema` says of the types that rows are made of. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
}

/** The columns of a row, in the order of its schema. */
export function columnsOf(row: z.ZodType): readonly Column[] {
  const { properties = {} } = z.toJSONSchema(row, { target: 'draft-2020-12', io: 'output' }) as Schema;
  return Object.entries(properties).map(([name, schema]) => ({ name, type: typeOf(schema) }));
}

const scalars: Readonly<Record<string, ColumnType>> = {
  string: { kind: 'text' },
  integer: { kind: 'whole' },
  number: { kind: 'real' },
  boolean: { kind: 'truth' },
};

const json: ColumnType = { kind: 'json' };

/** The type of a value that may be null as well: every column may. */
function typeOf({ anyOf, type, ...schema }: Schema): ColumnType {
  if (anyOf !== undefined) {
    const [only, ...others] = anyOf.filter((choice) => choice.type !== 'null');
    return only === undefined || others.length > 0 ? json : typeOf(only);
  }
  const [word, ...others] = [type ?? []].flat().filter((name) => name !== 'null');
  if (word === undefined || others.length > 0) return json;
  if (word === 'array') return schema.items === undefined ? json : { kind: 'list', of: typeOf(schema.items) };
  return word === 'object' ? objectType(schema) : (scalars[word] ?? json);
}

/** Names that both dialects take as the name of a field. */
const plain = /^[a-z][a-z0-9_]*$/i;

/** A closed object is a struct, or a map where its names are no identifiers; an open one is a map, or JSON where its values are of any type. */
function objectType({ properties = {}, additionalProperties }: Schema): ColumnType {
  const fields = Object.entries(properties).map(([name, schema]) => ({ name, type: typeOf(schema) }));
  if (additionalProperties === false)
    return fields.every(({ name }) => plain.test(name))
      ? { kind: 'struct', fields }
      : mapOf(fields.map(({ type }) => type));
  return fields.length > 0 || typeof additionalProperties !== 'object' ? json : mapOf([typeOf(additionalProperties)]);
}

/** A map has values of one type; where they differ, or may be anything, it is JSON. */
function mapOf(types: readonly ColumnType[]): ColumnType {
  const [of = json] = types;
  const alike = types.every((type) => JSON.stringify(type) === JSON.stringify(of));
  return alike && of.kind !== 'json' ? { kind: 'map', of } : json;
}
