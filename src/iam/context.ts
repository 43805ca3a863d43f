/** The context of a request: condition keys are not case-sensitive, each has one or more values; a key without a value is absent. */
export class Context {
  readonly #values = new Map<string, readonly string[]>();

  constructor(raw: Readonly<Record<string, unknown>> = {}) {
    for (const key in raw) {
      const value = raw[key];
      if (value === undefined || value === null) continue;
      const list = Array.isArray(value) ? value.map(String) : [String(value)];
      if (list.length > 0) this.#values.set(key.toLowerCase(), list);
    }
  }

  /** The values of a key in lower case; undefined where the request does not carry it. */
  get(key: string): readonly string[] | undefined {
    return this.#values.get(key);
  }

  /** The value of a key that has exactly one: only such keys can stand in a policy variable (IAM user guide, "Variables and tags"). */
  single(key: string): string | undefined {
    const values = this.#values.get(key);
    return values?.length === 1 ? values[0] : undefined;
  }
}
