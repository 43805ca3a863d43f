import { scaleLinear } from 'd3-scale';
import { escapeText, type Markup, markup } from '../markup.ts';
import { day } from '../numbers.ts';

/** A credential on the time axis. `expires` null = never. */
export interface AgedCredential {
  readonly created: string;
  readonly expires: string | null;
}

export interface AgeingChart {
  readonly label: string;
  readonly today: string;
  readonly credentials: readonly AgedCredential[];
}

const left = 1;
const right = 97;
const year = 365 * 86_400_000;
const lanes = { never: 24, ends: 64, axis: 92 } as const;

/** Credentials by the day they were made; those that end carry a line to their last day, those that never end stand alone. */
export function ageingStrip({ label, today, credentials }: AgeingChart): Markup {
  const now = Date.parse(today);
  const starts = credentials.map(({ created }) => Date.parse(created));
  const ends = credentials.flatMap(({ expires }) => (expires === null ? [] : [Date.parse(expires)]));
  const first = Math.min(now - year / 4, ...starts);
  const last = Math.max(now + year / 12, ...ends.map((end) => Math.min(end, now + 2 * year)));
  const scale = scaleLinear([first, last], [left, right]).clamp(true);
  const x = (moment: number): string => `${Math.round(scale(moment) * 100) / 100}%`;
  return markup(
    [
      `<svg class="ageing" role="img" aria-label="${escapeText(label)}" width="100%" height="112">`,
      `<title>${escapeText(label)}</title>`,
      `<text class="lane" x="0" y="${lanes.never - 12}">Never expires</text><text class="lane" x="0" y="${lanes.ends - 12}">Expires</text>`,
      `<line class="axis" x1="0" x2="100%" y1="${lanes.axis}" y2="${lanes.axis}"/>`,
      `<line class="today" x1="${x(now)}" x2="${x(now)}" y1="4" y2="${lanes.axis}"/>`,
      ...credentials.map((credential, at) =>
        credential.expires === null ? endless(x(starts[at] ?? now), at) : ending(credential, at, x),
      ),
      `<text class="date" x="0" y="${lanes.axis + 15}">${day(new Date(first).toISOString())}</text>`,
      `<text class="date" x="${x(now)}" y="${lanes.axis + 15}" text-anchor="middle">today</text>`,
      '</svg>',
    ].join(''),
  );
}

/** Three heights in turn, so that keys of one day stay apart. */
const spread = (at: number): number => (at % 3) * 5 - 5;

const endless = (x: string, at: number): string =>
  `<line class="unending" x1="${x}" x2="100%" y1="${lanes.never + spread(at)}" y2="${lanes.never + spread(at)}"/>` +
  `<svg x="${x}" y="${lanes.never + spread(at)}" overflow="visible"><rect class="endless" x="-3" y="-3" width="6" height="6"/></svg>`;

function ending({ created, expires }: AgedCredential, at: number, x: (moment: number) => string): string {
  const y = lanes.ends + spread(at);
  const [from, to] = [x(Date.parse(created)), x(Date.parse(expires ?? created))];
  return `<line class="life" x1="${from}" x2="${to}" y1="${y}" y2="${y}"/><circle class="ending" cx="${from}" cy="${y}" r="3"/>`;
}
