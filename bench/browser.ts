import { Agent, type IncomingHttpHeaders, request } from 'node:http';

/** What a server answered, whole. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Milliseconds from the request to the last byte. */
  readonly ms: number;
}

/** A request as a browser without JavaScript would send it. */
export interface Sent {
  readonly cookie?: string;
  /** A form to post; without one the page is only read. */
  readonly form?: Readonly<Record<string, string>>;
  readonly agent?: Agent;
}

/**
 * A connection for each request, as many as there are requests at once. A connection that is kept
 * may be closed by the server, as too long idle, in the very moment in which it is used again.
 */
const newConnections = new Agent({
  keepAlive: false,
  maxSockets: Number.POSITIVE_INFINITY,
});

/** Sends one request and reads the answer; rejects when the connection breaks before its end. */
export function send(
  url: string,
  { cookie, form, agent = newConnections }: Sent = {},
): Promise<Answer> {
  const body = form === undefined ? undefined : new URLSearchParams(form).toString();
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        agent,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...(cookie === undefined ? {} : { cookie }),
          ...(body === undefined
            ? {}
            : {
                'content-type': 'application/x-www-form-urlencoded',
                'content-length': Buffer.byteLength(body),
                origin: new URL(url).origin,
              }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          if (!response.complete) return reject(new Error('the answer broke off'));
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
            ms: performance.now() - begun,
          });
        });
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Signs somebody in as they would: by the button under the link of their invitation. */
export async function signIn(address: string, secret: string): Promise<string> {
  const { status, headers, body } = await send(`${address}/i/${secret}`, { form: {} });
  const cookies = (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
  if (status !== 303 || cookies.length === 0) {
    throw new Error(`the invitation link signs nobody in (${status}): ${body.slice(0, 200)}`);
  }
  return cookies.join('; ');
}
