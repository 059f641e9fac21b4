import type { RequestListener } from 'node:http';
import { type Answer, jsonAnswer, sendAnswer } from './answer';

/** The emulator's own paths, for tests in other processes: each with its method and what it does with the body. */
export type ControlPaths = Readonly<Record<string, (body: unknown) => unknown>>;

/** Answers `/_emulator/…`; what a path's function throws becomes status 400. A function may wait. */
export function answerControl(paths: ControlPaths, stopped: AbortSignal): RequestListener {
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://emulator');
    let answer: Answer;
    try {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece);
      const text = Buffer.concat(pieces).toString();
      const action = paths[`${request.method} ${pathname}`];
      if (!action) throw new Error(`known are: ${Object.keys(paths).join(', ')}`);
      answer = jsonAnswer(200, { result: await action(text === '' ? {} : JSON.parse(text)) });
    } catch (error) {
      answer = jsonAnswer(400, { error: String(error) });
    }
    await sendAnswer(response, answer, { stopped });
  };
}
