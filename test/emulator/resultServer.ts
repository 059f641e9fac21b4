import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, xmlAnswer } from './answer';
import type { Fault } from './faults';
import { drawPicture, type PictureDescription } from './picture/drawPicture';
import { padPng } from './picture/encodePng';

/** What a picture shows, and how many bytes it has at least. */
export interface ShelfPicture extends PictureDescription {
  readonly bytes?: number;
}

/** Drawn pictures that are kept; the others are drawn again, with the same bytes. */
const keptPictures = 8;

/** The finished images behind signed URLs of their own origin; drawn when they are first asked for. */
export class ResultShelf {
  readonly #descriptions = new Map<string, ShelfPicture>();
  readonly #drawn = new Map<string, Buffer>();
  readonly #secret = randomBytes(20);

  constructor(private readonly now: () => number) {}

  /** Returns path and query of a URL that is good for `lifetimeMs`. */
  add(requestId: string, index: number, description: ShelfPicture, lifetimeMs: number): string {
    const folder = createHash('md5').update(requestId).digest('hex');
    const day = new Date(this.now()).toISOString().slice(0, 10).replaceAll('-', '');
    const name = `${requestId}-${index + 1}.png`;
    const path = `/${folder.slice(0, 2)}/${folder.slice(2, 4)}/${day}/${folder.slice(4, 12)}/${name}`;
    this.#descriptions.set(path, description);
    const expires = String(Math.ceil((this.now() + lifetimeMs) / 1000));
    const query = new URLSearchParams({
      Expires: expires,
      OSSAccessKeyId: 'LTAIemulator',
      Signature: this.#sign(path, expires),
    });
    return `${path}?${query}`;
  }

  /** The model whose image lies there. */
  modelOf(path: string): string | undefined {
    return this.#descriptions.get(path)?.model;
  }

  /** Answers a GET or HEAD as an object store does. */
  answer(url: URL, headers: IncomingHttpHeaders, fault: Fault | undefined): Answer {
    if (headers.authorization !== undefined) {
      const reason = 'A signed URL must not come with an Authorization header.';
      return xmlAnswer(403, 'AccessDenied', reason);
    }
    const expires = url.searchParams.get('Expires') ?? '';
    if (url.searchParams.get('Signature') !== this.#sign(url.pathname, expires)) {
      const reason = 'The request signature we calculated does not match the one you provided.';
      return xmlAnswer(403, 'SignatureDoesNotMatch', reason);
    }
    if (Number(expires) * 1000 <= this.now()) {
      return xmlAnswer(403, 'AccessDenied', 'Request has expired.');
    }
    const description = this.#descriptions.get(url.pathname);
    if (!description) return xmlAnswer(404, 'NoSuchKey', 'The specified key does not exist.');
    if (fault?.kind === 'redirect') return redirect(url, fault);
    if (fault?.kind === 'empty') return imageAnswer(200, Buffer.alloc(0));
    if (fault?.kind === 'wrongContent') return imageAnswer(200, Buffer.from('not an image'));
    const picture = this.#picture(url.pathname, description);
    if (fault?.kind === 'noRange') return imageAnswer(200, picture, { 'accept-ranges': 'none' });
    return ranged(picture, headers, fault?.kind === 'wrongRange');
  }

  clear(): void {
    this.#descriptions.clear();
    this.#drawn.clear();
  }

  /** The bytes behind a URL of the shelf, as they are sent when nothing goes wrong. */
  pictureAt(address: string): Buffer | undefined {
    const { pathname } = new URL(address, 'http://shelf');
    const description = this.#descriptions.get(pathname);
    return description && this.#picture(pathname, description);
  }

  #picture(path: string, description: ShelfPicture): Buffer {
    const { bytes = 0 } = description;
    const picture = this.#drawn.get(path) ?? padPng(drawPicture(description), bytes);
    this.#drawn.delete(path); // so that the latest one comes last
    this.#drawn.set(path, picture);
    for (const oldest of [...this.#drawn.keys()].slice(0, -keptPictures)) {
      this.#drawn.delete(oldest);
    }
    return picture;
  }

  #sign(path: string, expires: string): string {
    return createHmac('sha1', this.#secret).update(`${path}\n${expires}`).digest('base64');
  }
}

function redirect(url: URL, fault: Extract<Fault, { kind: 'redirect' }>): Answer {
  const again = new URL(url);
  again.searchParams.set('redirected', 'true');
  const location = fault.location ?? again.pathname + again.search;
  return { status: fault.status ?? 302, headers: { location }, body: Buffer.alloc(0) };
}

function imageAnswer(
  status: number,
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'content-type': 'image/png', 'accept-ranges': 'bytes', ...headers },
    body,
  };
}

/** One range of bytes, if it is asked for and the file is still the one of `If-Range`; else the whole. */
function ranged(picture: Buffer, headers: IncomingHttpHeaders, isWrong: boolean): Answer {
  const etag = `"${createHash('md5').update(picture).digest('hex').toUpperCase()}"`;
  const condition = headers['if-range'];
  if (isWrong) return wrongRange(picture, etag, headers);
  const match = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '');
  if (!match || match[0] === 'bytes=-' || (condition !== undefined && condition !== etag)) {
    return imageAnswer(200, picture, { etag });
  }
  const [, first = '', last = ''] = match;
  const start = first === '' ? Math.max(0, picture.length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? picture.length - 1 : Number(last);
  if (start >= picture.length || start > end) {
    return xmlAnswer(416, 'InvalidRange', 'The requested range cannot be satisfied.');
  }
  const part = picture.subarray(start, end + 1);
  const range = `bytes ${start}-${start + part.length - 1}/${picture.length}`;
  return imageAnswer(206, part, { etag, 'content-range': range });
}

/** From a little after the first byte that was asked for. */
function wrongRange(picture: Buffer, etag: string, { range = '' }: IncomingHttpHeaders): Answer {
  const asked = Number(/^bytes=(\d+)-/.exec(range)?.[1] ?? 0);
  const start = Math.min(asked + 7, picture.length - 1);
  const place = `bytes ${start}-${picture.length - 1}/${picture.length}`;
  return imageAnswer(206, picture.subarray(start), { etag, 'content-range': place });
}
