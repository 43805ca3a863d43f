import type { IncomingMessage } from 'node:http';
import { type Call, isForm } from './call.ts';

/** An error to answer with in place of the emulator, in the protocol of the call. */
export interface Fault {
  /** Name of the operation, or `METHOD path` for S3. */
  readonly operation: string | RegExp;
  readonly status: number;
  readonly code: string;
  /** AWS's text; the code again, when left out. */
  readonly message?: string;
  /** Of this account only. */
  readonly account?: string;
  /** Only where the call is so. */
  readonly when?: (call: Call) => boolean;
  /** How often; always, when left out. Counts down. */
  times?: number;
}

/** Whether the fault is meant for this call; a fault with a count is used up by it. */
export function matches(fault: Fault, call: Call): boolean {
  const { operation, account, when } = fault;
  const named = operation instanceof RegExp ? operation.test(call.operation) : operation === call.operation;
  const meant = named && (account === undefined || account === call.account) && when?.(call) !== false;
  if (!meant || fault.times === 0) return false;
  if (fault.times !== undefined) fault.times -= 1;
  return true;
}

export function faultAnswer(
  { status, code, message = code }: Fault,
  req: IncomingMessage,
  { service }: Call,
): [number, string, string, Readonly<Record<string, string>>] {
  const inner = `<Code>${code}</Code><Message>${message}</Message>`;
  if (service === 's3') return [status, 'application/xml', `<Error>${inner}</Error>`, {}];
  if (isForm(req))
    return [
      status,
      'text/xml',
      `<ErrorResponse><Error><Type>Sender</Type>${inner}</Error><RequestId>fault</RequestId></ErrorResponse>`,
      {},
    ];
  return [status, 'application/json', JSON.stringify({ __type: code, message }), { 'x-amzn-errortype': code }];
}
