import { isDate, isoDate } from '../domain/iso-date.ts';

// Numbers and dates as text, by our own rules: the same bytes whatever the machine's locale is.

/** Narrow no-break space: groups thousands and stands before a percent sign. */
export const thin = '\u202f';

/** `1 204`. */
export function integer(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, thin);
}

/** `1 account`, `3 accounts`; a word with an irregular plural passes it. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${integer(count)} ${count === 1 ? one : many}`;

/** A fraction of the whole in tenths of a percent, never shown as 0 or 100 % unless it is. */
function tenths(fraction: number, round: (value: number) => number): number {
  const value = round(Math.round(fraction * 1e9) / 1e6); // the division's own noise must not tip a floor or a ceiling
  if (fraction > 0 && value === 0) return 1;
  if (fraction < 1 && value === 1000) return 999;
  return value;
}

const decimal = (value: number): string => (value % 10 === 0 ? String(value / 10) : (value / 10).toFixed(1));

/** `62.4 %`. */
export const percent = (fraction: number): string => `${decimal(tenths(fraction, Math.round))}${thin}%`;

/** `61–64 %`: rounded outwards, so that the truth stays inside; one decimal where the bounds lie close; one value where they meet. */
export function percentRange(lower: number, upper: number): string {
  if (lower === upper) return percent(lower);
  if (upper - lower < 0.02) {
    return `${decimal(tenths(lower, Math.floor))}–${decimal(tenths(upper, Math.ceil))}${thin}%`;
  }
  const whole = (fraction: number, round: (value: number) => number): number => round(Math.round(fraction * 1e8) / 1e6);
  return `${whole(lower, Math.floor)}–${whole(upper, Math.ceil)}${thin}%`;
}

/** `2026-11-24 02:00 UTC`; a text that is no date stands as it is. */
export function moment(iso: string): string {
  if (!isDate(iso)) return iso;
  const utc = isoDate(iso) ?? iso;
  return `${utc.slice(0, 10)} ${utc.slice(11, 16)} UTC`;
}

/** `2026-11-24`, or a dash where there is no date; a text that is no date stands as it is. */
export function day(iso: string | null): string {
  if (iso === null) return '–';
  return isDate(iso) ? (isoDate(iso) ?? iso).slice(0, 10) : iso;
}

/** Whole days from one moment to a later one; null where one of them is no date. */
export const daysBetween = (from: string, to: string): number | null =>
  isDate(from) && isDate(to) ? Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000) : null;
