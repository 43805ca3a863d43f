/** Who answers for something, by its tag `owner`, whatever the case of its key; null = it has none. */
export function ownerIn(tags: Readonly<Record<string, string>>): string | null {
  const [, owner] = Object.entries(tags).find(([key]) => key.toLowerCase() === 'owner') ?? [];
  return owner === undefined || owner === '' ? null : owner;
}
