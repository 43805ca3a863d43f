import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type Fault, faultAnswer, matches } from './fault.ts';

// One endpoint in front of both emulators. It routes by the service name in the SigV4 scope and answers Lambda Invoke with handlers of
// ours, so that an engine we did not write drives our real tasks.

/** A Lambda function: its payload in, its result out; what it throws becomes an error of its name. */
export type Handler = (payload: unknown) => Promise<unknown>;

export interface Call {
  readonly service: string;
  readonly operation: string;
}

export interface FrontOptions {
  readonly port: number;
  readonly defaultPort: number;
  /** SigV4 service name → port of the emulator that has it. */
  readonly routes: Readonly<Record<string, number>>;
}

export interface Front {
  readonly calls: Call[];
  readonly faults: Fault[];
  /** By function name. */
  readonly handlers: Map<string, Handler>;
  close(): Promise<void>;
}

export async function startFront(options: FrontOptions): Promise<Front> {
  const [calls, faults, handlers] = [[] as Call[], [] as Fault[], new Map<string, Handler>()];
  const server = createServer((req, res) => void answer(req, res));
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const body = await bodyOf(req);
    const call = { service: serviceOf(req), operation: operationOf(req, body) };
    calls.push(call);
    const fault = faults.find((it) => matches(it, call));
    const name = functionOf(req);
    if (fault !== undefined) return reply(res, ...faultAnswer(fault, req, call));
    if (name !== undefined) return invoke(res, handlers.get(name), name, body);
    forward(req, res, body, options.routes[call.service] ?? options.defaultPort);
  };
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(options.port, '127.0.0.1', listening);
  });
  return { calls, faults, handlers, close: () => closed(server) };
}

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const serviceOf = ({ headers, url = '' }: IncomingMessage): string => {
  const scope = headers.authorization ?? decodeURIComponent(url);
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(scope)?.[1] ?? 'unknown';
};

/** The AWS operation for JSON (`X-Amz-Target`) and query (`Action=`) protocols, else `METHOD path`. */
function operationOf({ headers, method, url = '' }: IncomingMessage, body: Buffer): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.').at(-1) ?? target;
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return new URLSearchParams(body.toString()).get('Action') ?? '';
  return `${method} ${url.split('?')[0]}`;
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
  const upstream = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
  });
  upstream.on('error', (error) => reply(res, 502, 'text/plain', String(error)));
  upstream.end(body);
}

// A request id is required: the engine quotes it in the Cause of a failed task.
function reply(
  res: ServerResponse,
  status: number,
  type: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  res.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'front', ...headers }).end(text);
}

const closed = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
