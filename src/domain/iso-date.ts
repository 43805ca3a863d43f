/** A date as AWS, its CLI and its SDKs write it, as ISO in UTC without fractions; null for none, and as it stands where it is no date. */
export function isoDate(text: string | undefined | null): string | null {
  if (text === undefined || text === null || text === '') return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
