/** A date as AWS, its CLI and its SDKs write it, as ISO in UTC without fractions; null for none, and as it stands where it is no date. */
export function isoDate(text: string | undefined | null): string | null {
  if (text === undefined || text === null || text === '') return null;
  return isDate(text) ? new Date(Date.parse(inUtc(text))).toISOString().replace(/\.\d{3}Z$/, 'Z') : text;
}

/** Whether a text is a date with a year, month and day; `2023-02-30` is none. */
export function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]|$)/.exec(text) ?? [];
  if (year === undefined || Number.isNaN(Date.parse(inUtc(text)))) return false;
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
}

/** A time without a zone is UTC, as AWS means it, and not the zone of this machine. */
const inUtc = (text: string): string =>
  /[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? `${text.replace(' ', 'T')}Z` : text;
