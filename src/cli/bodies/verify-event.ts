import { decideEvent, type EventAnswer, type Recording } from '../../cloudtrail/decide.ts';
import type { AskedEvent } from '../../cloudtrail/record.ts';
import { plural } from '../../reports/numbers.ts';
import type { VerifyEventOptions } from '../commands/logging.ts';
import { type EventCase, eventCases } from '../event-cases.ts';
import { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { openLogging, recordings, selectorsAlone } from '../logging-source.ts';
import { printable } from '../printable.ts';

const command = 'logging verify-event';

/** What records events of an account and Region; null where the account is not in the source. */
type Lookup = (account: string, region: string) => Promise<Recording | null>;

/** What a stream of events added up to. */
class Tally {
  events = 0;
  unread = 0;
  differing = 0;
  gaps = 0;
  readonly verdicts = { recorded: 0, 'not-recorded': 0, 'not-measured': 0 };
}

/** Answers for every event of the files, in their order. */
export async function verifyEvents(paths: readonly string[], options: VerifyEventOptions, io: Io): Promise<ExitCode> {
  const asking = await askingOf(options, io);
  if (asking === null) return ExitCode.EvidenceInvalid;
  const tally = new Tally();
  for (const path of paths) {
    let out = '';
    for await (const asked of eventCases(path)) {
      out += await answerLine(asked, path, { asking, options, io, tally });
      if (out.length > 65_536) {
        io.out(out);
        out = '';
      }
    }
    io.out(out);
  }
  return told(tally, io);
}

function told({ events, unread, differing, gaps, verdicts }: Tally, io: Io): ExitCode {
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  io.err(`${plural(events, 'event')}: ${counts.join(', ')}\n`);
  if (unread > 0) io.err(`${plural(unread, 'case')} could not be read\n`);
  if (differing > 0)
    io.err(
      `${differing === 1 ? '1 case differs from what it expects' : `${differing} cases differ from what they expect`}\n`,
    );
  if (unread > 0) return ExitCode.Usage;
  if (gaps > 0) return ExitCode.Gaps;
  return differing > 0 ? ExitCode.ThresholdExceeded : ExitCode.Ok;
}

interface Asking {
  readonly lookup: Lookup;
  /** The account to take where a record names none: the only one there is. */
  readonly only: string | null;
}

async function askingOf(options: VerifyEventOptions, io: Io): Promise<Asking | null> {
  const alone = await selectorsAlone(command, options);
  if (alone !== null) return { lookup: async () => ({ recorders: [alone], hidden: null }), only: 'any account' };
  const open = await openLogging(command, options, io);
  if (open === null) return null;
  const [first, ...others] = open.accounts;
  return { lookup: recordings(open), only: others.length === 0 ? (first?.account ?? null) : null };
}

interface Answering {
  readonly asking: Asking;
  readonly options: VerifyEventOptions;
  readonly io: Io;
  readonly tally: Tally;
}

async function answerLine(asked: EventCase, path: string, { asking, options, io, tally }: Answering): Promise<string> {
  const problem = asked.problem ?? missingIn(asked, asking, options);
  if (problem !== null || asked.event === null) {
    tally.unread++;
    io.err(`${printable(`${path}: ${asked.place}: ${problem}`)}\n`);
    return options.json === true ? `${JSON.stringify({ id: asked.id, problem })}\n` : '';
  }
  const { account, region } = placeOf(asked.event, asking, options);
  const answer = await answerFor(asked.event, account, region, asking.lookup);
  tally.events++;
  tally.verdicts[answer.verdict]++;
  if (asked.expected !== null && asked.expected !== answer.verdict) {
    tally.differing++;
    io.err(`${printable(`${path}: ${asked.place}: expected ${asked.expected}, found ${answer.verdict}`)}\n`);
  }
  if (answer.verdict === 'not-measured' && asked.expected !== answer.verdict) tally.gaps++;
  return options.json === true
    ? `${JSON.stringify({ id: asked.id, ...answer, account, region, event: asked.name })}\n`
    : `${printable(textOf(asked, answer, `${account} ${region}`))}\n`;
}

function missingIn({ event }: EventCase, { only }: Asking, { selectors }: VerifyEventOptions): string | null {
  if (event?.account === null && only === null) return 'no recipientAccountId: it says whose trails are asked';
  return event?.region === null && selectors === undefined ? 'no awsRegion: it says where it happened' : null;
}

/** Selectors on their own are asked as a trail that records every Region. */
const placeOf = (event: AskedEvent, { only }: Asking, { selectors }: VerifyEventOptions) => ({
  account: event.account ?? only ?? '',
  region: event.region ?? (selectors === undefined ? '' : 'any Region'),
});

async function answerFor(event: AskedEvent, account: string, region: string, lookup: Lookup): Promise<EventAnswer> {
  const recording = await lookup(account, region);
  if (recording === null)
    return { verdict: 'not-measured', by: [], why: `account ${account} is not in what was asked` };
  return decideEvent(event, region, recording);
}

function textOf({ id, place, name }: EventCase, { verdict, by, why }: EventAnswer, where: string): string {
  const recorders = by.map(({ recorder, selector }) => `${recorder}, ${selector}`).join('; ');
  return `${verdict.padEnd(14)}${id ?? place}  ${name}  ${where}  ${recorders || why || 'nothing takes it'}`.trimEnd();
}
