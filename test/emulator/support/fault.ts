import type { IncomingMessage } from 'node:http';
import type { Call } from './front.ts';

/** An error to answer with in place of the emulator, in the protocol of the call. */
export interface Fault {
  /** Name of the operation, or `METHOD path` for S3. */
  readonly operation: string | RegExp;
  readonly status: number;
  readonly code: string;
  /** How often; always, when left out. Counts down. */
  times?: number;
}

/** Whether the fault is meant for this call; a fault with a count is used up by it. */
export function matches(fault: Fault, { operation }: Call): boolean {
  const meant = fault.operation instanceof RegExp ? fault.operation.test(operation) : fault.operation === operation;
  if (!meant || fault.times === 0) return false;
  if (fault.times !== undefined) fault.times -= 1;
  return true;
}

export function faultAnswer(
  { status, code }: Fault,
  { headers }: IncomingMessage,
  { service }: Call,
): [number, string, string, Readonly<Record<string, string>>] {
  const inner = `<Code>${code}</Code><Message>${code}</Message>`;
  if (service === 's3') return [status, 'application/xml', `<Error>${inner}</Error>`, {}];
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return [
      status,
      'text/xml',
      `<ErrorResponse><Error><Type>Sender</Type>${inner}</Error><RequestId>fault</RequestId></ErrorResponse>`,
      {},
    ];
  return [status, 'application/json', JSON.stringify({ __type: code, message: code }), { 'x-amzn-errortype': code }];
}
