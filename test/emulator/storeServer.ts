import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { guard, respond, type ServerParts, xmlError } from './handling';
import { type RequestEntry, recordRequest } from './records';
import { Refusal } from './refusal';
import { readBytes } from './requestBody';
import { readUploadForm, type UploadForm } from './uploads';

/** Answers the origin of the object store: finished images are fetched from it, input images are uploaded to it. */
export function answerStore(parts: ServerParts): RequestListener {
  return guard(parts, async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://emulator');
    const entry = recordRequest('result', request, url, parts.now());
    parts.record(entry);
    entry.phase = request.method === 'POST' ? 'upload' : 'download';
    if (request.method === 'POST') return await answerUpload(parts, request, response, entry);
    const fault = parts.faults.take('download', parts.shelf.modelOf(url.pathname));
    await respond(parts, { request, response, entry, fault, toAnswer: xmlError }, () => {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        throw new Refusal(405, 'MethodNotAllowed', 'The specified method is not allowed.');
      }
      return parts.shelf.answer(url, request.headers, fault);
    });
  });
}

/** Room for the form around a file of the greatest size that a test may want. */
const greatestForm = 1100 * 1024 ** 2;

async function answerUpload(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  entry: RequestEntry,
): Promise<void> {
  if (parts.faults.takeBlindReset('upload')) {
    entry.fault = 'reset';
    request.socket.resetAndDestroy();
    return;
  }
  const bytes = await readBytes(request, greatestForm);
  let form: UploadForm | Refusal;
  try {
    form = await readUploadForm(request.headers, bytes ?? Buffer.alloc(0));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    form = error;
  }
  if (!(form instanceof Refusal)) {
    const { name, bytes: content } = form.file;
    entry.body = { ...Object.fromEntries(form.fields), file: { name, bytes: content.length } };
  }
  const model = form instanceof Refusal ? undefined : parts.uploads.modelOf(form);
  const fault = parts.faults.take('upload', model);
  await respond(parts, { request, response, entry, fault, toAnswer: xmlError }, () => {
    if (form instanceof Refusal) throw form;
    return parts.uploads.receive(form);
  });
}
