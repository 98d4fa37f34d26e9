// The product's HTTP API, as the pages call it.

/** What went wrong with a call: the server's problem+json, or that it did not answer at all. */
export class Problem extends Error {
  /**
   * @param {number} status 0 when the server did not answer
   * @param {{title?: string, detail?: string, request_id?: string,
   *     errors?: {field: string, message: string}[]}} body
   */
  constructor(status, body) {
    super(body.detail || body.title || `The server answered ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.title = body.title || 'The call failed';
    this.requestId = body.request_id || '';
    this.errors = Array.isArray(body.errors) ? body.errors : [];
  }
}

async function problemOf(response) {
  try {
    return new Problem(response.status, await response.json());
  } catch {
    return new Problem(response.status, { title: response.statusText });
  }
}

async function send(method, path, { body, form, headers = {}, signal } = {}) {
  const request = { method, headers: { Accept: 'application/json', ...headers }, signal, body: form };
  if (body !== undefined) {
    request.headers['Content-Type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, { title: 'No answer', detail: 'The server did not answer.' });
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function json(method, path, options) {
  const response = await send(method, path, options);
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

export const get = (path, options) => json('GET', path, options);
export const post = (path, body, options) => json('POST', path, { ...options, body });
export const put = (path, body, options) => json('PUT', path, { ...options, body });
export const remove = (path, options) => json('DELETE', path, options);

/** Sends a form of files; the browser says what type that is. */
export const putForm = (path, form, options) => json('PUT', path, { ...options, form });

/** A plain text; null when the bytes are none. */
export async function readText(path, options) {
  const response = await send('GET', path, { headers: { Accept: '*/*' }, ...options });
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await response.arrayBuffer());
    return text.includes('\0') ? null : text;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/**
 * A piece of the newest attempt's log, from an offset or its last lines, and where the next piece
 * begins. Each attempt has a log of its own that begins at 0.
 *
 * @param {string} executionId
 * @param {{offset: number, limit: number} | {tail: number, limit: number}} piece
 */
export async function readLog(executionId, piece) {
  const query = new URLSearchParams(Object.entries(piece).map(([name, value]) => [name, String(value)]));
  const path = `/executions/${encodeURIComponent(executionId)}/log?${query}`;
  const response = await send('GET', path, { headers: { Accept: 'text/plain' } });
  const text = await response.text();
  const next = Number(response.headers.get('X-Next-Offset') ?? 0);
  return { text, next, attempt: response.headers.get('X-Attempt') ?? '' };
}

/** A random text that marks one wish, so that sending it twice does it once. */
export function newIdempotencyKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
