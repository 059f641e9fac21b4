import type { IncomingMessage } from 'node:http';

const mebibyte = 1024 ** 2;

/** Bodies of calls may have 16 MiB, and more with images in Base64. */
const greatestPlainBody = 16 * mebibyte;
const greatestBody = 64 * mebibyte;

/** The body of a call; undefined when it is too large. */
export async function readCallBody(request: IncomingMessage): Promise<string | undefined> {
  const bytes = await readBytes(request, greatestBody);
  const isTooLarge = bytes && bytes.length > greatestPlainBody && !bytes.includes(';base64,');
  return isTooLarge ? undefined : bytes?.toString();
}

/** The body of any request, read to its end; undefined when it has more than `most` bytes. */
export async function readBytes(
  request: IncomingMessage,
  most: number,
): Promise<Buffer | undefined> {
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    length += piece.length;
    if (length <= most) pieces.push(piece);
    else pieces = [];
  }
  return length > most ? undefined : Buffer.concat(pieces);
}

/** The value, if the text is JSON, else the text; undefined when there is none. */
export function parseBody(text: string | undefined): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return text;
  }
}
