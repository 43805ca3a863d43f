import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Call, callOf, isForm, type Keys, learnKey } from './call.ts';
import { type CannedAnswer, cannedFor } from './canned.ts';
import { type Fault, faultAnswer, matches } from './fault.ts';

// One endpoint in front of both emulators. It routes by the service name in the SigV4 scope and answers Lambda Invoke with handlers of
// ours, so that an engine we did not write drives our real tasks. It knows which account each call is about, so that faults and answers
// can be meant for one.

/** A Lambda function: its payload in, its result out; what it throws becomes an error of its name. */
export type Handler = (payload: unknown) => Promise<unknown>;

export interface FrontOptions {
  /** 0 = any that is free. */
  readonly port: number;
  readonly defaultPort: number;
  /** SigV4 service name → port of the emulator that has it. */
  readonly routes: Readonly<Record<string, number>>;
}

export interface Front {
  readonly port: number;
  readonly calls: Call[];
  readonly faults: Fault[];
  readonly answers: CannedAnswer[];
  /** By function name. */
  readonly handlers: Map<string, Handler>;
  close(): Promise<void>;
}

export async function startFront(options: FrontOptions): Promise<Front> {
  const [calls, faults, handlers] = [[] as Call[], [] as Fault[], new Map<string, Handler>()];
  const [answers, keys]: [CannedAnswer[], Keys] = [[], new Map()];
  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => reply(res, 502, 'text/plain', String(error)));
  });
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const body = await bodyOf(req);
    const call = callOf(req, body, keys);
    calls.push(call);
    const fault = faults.find((it) => matches(it, call));
    const name = functionOf(req);
    if (fault !== undefined) return reply(res, ...faultAnswer(fault, req, call));
    if (name !== undefined) return invoke(res, handlers.get(name), name, body);
    const port = options.routes[call.service] ?? options.defaultPort;
    const canned = cannedFor(answers, call);
    if (canned === undefined && call.operation !== 'AssumeRole') return forward(req, res, body, port);
    const told = await tell(canned ?? asItIs(call), call, () => upstream(req, body, port));
    learnKey(call, told.text, keys);
    reply(res, told.status, typeOf(req), told.text);
  };
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(options.port, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  return { port, calls, faults, answers, handlers, close: () => closed(server) };
}

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

interface Told {
  readonly status: number;
  readonly text: string;
}

/** The emulator's own answer, for calls whose answer is looked at on its way. */
const asItIs = ({ operation }: Call): CannedAnswer => ({ operation, body: (_, real) => real() });

async function tell({ status, body }: CannedAnswer, call: Call, ask: () => Promise<Told>): Promise<Told> {
  let asked = 200;
  const real = async (): Promise<string> => {
    const told = await ask();
    asked = told.status;
    return told.text;
  };
  const written = typeof body === 'string' ? body : await body(call, real);
  return { status: status ?? asked, text: written };
}

function typeOf(req: IncomingMessage): string {
  if (isForm(req)) return 'text/xml';
  return req.headers['x-amz-target'] === undefined ? 'application/json' : 'application/x-amz-json-1.1';
}

/** The function of a Lambda Invoke, by name or ARN. */
function functionOf({ url = '' }: IncomingMessage): string | undefined {
  const reference = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(decodeURIComponent(url))?.[1];
  return reference?.startsWith('arn:') ? reference.split(':')[6] : reference?.split(':')[0];
}

/** Lambda's contract: 200 with the result; 200 and `X-Amz-Function-Error` when the handler threw; 404 when there is no such function. */
async function invoke(res: ServerResponse, handler: Handler | undefined, name: string, body: Buffer): Promise<void> {
  if (handler === undefined) {
    const message = JSON.stringify({ Message: `Function not found: ${name}` });
    return reply(res, 404, 'application/json', message, { 'x-amzn-errortype': 'ResourceNotFoundException' });
  }
  try {
    const result = await handler(JSON.parse(body.toString() || '{}'));
    reply(res, 200, 'application/json', JSON.stringify(result ?? null), { 'x-amz-executed-version': '$LATEST' });
  } catch (error) {
    const { name: errorType, message: errorMessage } = error instanceof Error ? error : new Error(String(error));
    const failure = JSON.stringify({ errorType, errorMessage, trace: [] });
    reply(res, 200, 'application/json', failure, { 'x-amz-function-error': 'Unhandled' });
  }
}

function forward({ method, url, headers }: IncomingMessage, res: ServerResponse, body: Buffer, port: number): void {
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
  });
  onward.on('error', (error) => reply(res, 502, 'text/plain', String(error)));
  onward.end(body);
}

/** The emulator's answer as text. */
function upstream({ method, url, headers }: IncomingMessage, body: Buffer, port: number): Promise<Told> {
  return new Promise((resolve, reject) => {
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      text(answer).then((told) => resolve({ status: answer.statusCode ?? 502, text: told }), reject);
    });
    onward.on('error', reject).end(body);
  });
}

// A request id is required: the engine quotes it in the Cause of a failed task.
function reply(
  res: ServerResponse,
  status: number,
  type: string,
  content: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  res.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'front', ...headers }).end(content);
}

const closed = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
