import type { CallSummary } from '../domain/calls.ts';

/** What a run asked of AWS, in a line for the whole and one for each service that gave trouble. */
export function callsText(made: CallSummary): string {
  const { calls, throttled, askedAgain, perSecond, mostInOneSecond, byService } = made;
  const pace = perSecond === null ? '' : `, ${perSecond} a second, at most ${mostInOneSecond}`;
  const whole = `${calls} calls to AWS${pace}; throttled ${throttled}, asked again ${askedAgain}`;
  const troubled = Object.entries(byService).filter(([, row]) => row.throttled + row.askedAgain > 0);
  const each = troubled.map(
    ([service, row]) => `  ${service}: ${row.calls} calls, throttled ${row.throttled}, asked again ${row.askedAgain}`,
  );
  return `${[whole, ...each].join('\n')}\n`;
}
