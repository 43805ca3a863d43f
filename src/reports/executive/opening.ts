import type { NightSummary } from '../../domain/summary.ts';
import { integer, plural } from '../numbers.ts';
import { capital } from '../words.ts';

type Openings = NightSummary['completeness']['openings'];

/** As many characters, and as many calls in one remedy, as the page has room for. */
const shown = { characters: 130, calls: 2 } as const;

/** What opens accounts to measurement, one remedy for each cause: `2 accounts: run again at a quieter hour. 1 account: create the reader role …` */
export function openingWords(openings: Openings): string {
  if (openings.length === 0) return 'The causes are in the team report.';
  const [first] = openings;
  if (openings.length === 1 && first !== undefined) return `${capital(remedyWords(first))}.`;
  const said: string[] = [];
  for (const it of openings) {
    const words = `${plural(it.accounts, 'account')}: ${remedyWords(it)}.`;
    if (said.length > 0 && said.join(' ').length + words.length > shown.characters) continue;
    said.push(words);
  }
  const rest = openings.length - said.length;
  return `${said.join(' ')}${rest === 0 ? '' : ` ${plural(rest, 'more remedy', 'more remedies')} in the team report.`}`;
}

function remedyWords({ remedy, operations }: Openings[number]): string {
  const [first = remedy] = remedy.split(', and '); // what to look for as well is in the team report
  return first.replaceAll('*', callWords(operations));
}

/** `iam:ListUsers and iam:GetUser`, `iam:ListUsers and 3 more calls`. */
function callWords(calls: readonly string[]): string {
  if (calls.length <= shown.calls) return calls.join(' and ');
  return `${calls[0]} and ${integer(calls.length - 1)} more calls`;
}
