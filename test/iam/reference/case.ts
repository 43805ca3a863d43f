// The raw JSON of a case, as it comes from a file: nothing here is parsed or compiled.

export type Decision = 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';
export type OneOrMany<T> = T | readonly T[];
export type Scalar = string | number | boolean;
export type Context = Readonly<Record<string, OneOrMany<Scalar>>>;
export type PrincipalElement = string | Readonly<Record<string, OneOrMany<string>>>;

export type Statement = {
  readonly Effect: string;
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<Scalar>>>>>;
};

export type PolicyDocument = { readonly Version?: string; readonly Statement: OneOrMany<Statement> };
export type NamedPolicy = { readonly name: string; readonly document: PolicyDocument };

export type Request = {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount?: string | null;
  readonly managementAccount?: string | null;
  readonly context?: Context;
};

export type TestCase = {
  readonly id?: string;
  readonly request: Request;
  readonly policies: {
    readonly identity: readonly NamedPolicy[];
    readonly boundary: readonly NamedPolicy[] | null;
    readonly scps: readonly (readonly NamedPolicy[])[];
    readonly rcps: readonly (readonly NamedPolicy[])[];
    readonly session: PolicyDocument | null;
    readonly resource: PolicyDocument | null;
  };
};

// JSON policy documents: an element with one value may be written without brackets ("Grammar of the IAM JSON policy
// language").
export function many<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

// "IAM JSON policy elements: Condition": key names are not case-sensitive. An empty list of values is a key that is not
// there.
export function contextValues(context: Context | undefined, key: string): readonly string[] {
  const found = Object.entries(context ?? {}).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return many(found?.[1]).map(String);
}
