import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import type {
  GenerationProgress,
  ImageDelivery,
  ImageRequest,
} from '../../../src/imageModel/imageModel';
import { isAbortError } from '../../../src/util/abort';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import {
  apiKey,
  FakeEnvironment,
  generateWith,
  modelIn,
  providerOptions,
  type SeenRequest,
} from './fakeService';

const url = 'https://store.example/a.png';
const url2 = 'https://store.example/b.png';

/** One frame, in the form that the service was recorded with. */
function frame(data: unknown, event = 'result', status = 200): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return `id:1\nevent:${event}\n:HTTP_STATUS/${status}\ndata:${text}\n\n`;
}

function delta(content: readonly object[], finish = 'null'): string {
  return frame({
    output: {
      choices: [{ message: { role: 'assistant', content }, finish_reason: finish }],
      finished: true,
    },
    request_id: 'r',
  });
}

const text = (part: string) => delta([{ type: 'text', text: part }]);
const image = (address: string) => delta([{ type: 'image', image: address }]);
const stop = delta([], 'stop');

/** A body that comes in pieces of seven bytes; `end` is called instead of closing it. */
function stream(
  body: string,
  end?: (controller: ReadableStreamDefaultController) => void,
): Response {
  const bytes = new TextEncoder().encode(body);
  let offset = 0;
  const source = new ReadableStream({
    pull(controller) {
      offset += 7;
      if (offset < bytes.length + 7) controller.enqueue(bytes.slice(offset - 7, offset));
      else if (end) end(controller);
      else controller.close();
    },
  });
  return new Response(source, { headers: { 'content-type': 'text/event-stream;charset=UTF-8' } });
}

const reset = (controller: ReadableStreamDefaultController): void =>
  controller.error(
    new TypeError('terminated', {
      cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
    }),
  );

describe('an answer of text and images', () => {
  const controller = new AbortController();
  const request: ImageRequest = {
    ...{ modelId: 'wan2.6-image', prompt: 'How to fold a fox', size: '1K', count: 1 },
    ...{ interleave: true, maxImages: 2 },
  };

  function generate(
    answer: () => Response,
    {
      signal = controller.signal,
      seen = [] as SeenRequest[],
      progress = [] as GenerationProgress[],
    } = {},
  ): Promise<ImageDelivery> {
    const environment = new FakeEnvironment(async (target, { method = '', headers, body }) => {
      const { pathname: path } = new URL(target);
      const own = headers as Record<string, string>; // the transport gives them as an object
      seen.push({ method, path, headers: own, body: JSON.parse(String(body)) });
      return answer();
    });
    const provider = new DashScopeProvider(providerOptions(environment));
    const options = { signal, onProgress: (step: GenerationProgress) => progress.push(step) };
    return generateWith(modelIn(provider, 'wan2.6-image'), request, options);
  }

  it('is asked for as a stream', async () => {
    const seen: SeenRequest[] = [];
    const progress: GenerationProgress[] = [];
    await generate(() => stream(image(url) + stop), { seen, progress });
    deepStrictEqual(seen, [
      {
        method: 'POST',
        path: '/api/v1/services/aigc/multimodal-generation/generation',
        headers: {
          Authorization: `Bearer ${apiKey}`,
          'Content-Type': 'application/json',
          Accept: 'text/event-stream',
          'X-DashScope-SSE': 'enable',
        },
        body: {
          model: 'wan2.6-image',
          input: { messages: [{ role: 'user', content: [{ text: request.prompt }] }] },
          parameters: { size: '1K', n: 1, enable_interleave: true, max_images: 2, stream: true },
        },
      },
    ]);
    deepStrictEqual(progress, [{ phase: 'submitting' }, { phase: 'running' }]);
  });

  it('is put together in its order', async () => {
    const body =
      text('趁') + text('热。') + image(url) + text('Then') + text(' eat.') + image(url2) + stop;
    deepStrictEqual(await generate(() => stream(body)), {
      requestId: 'r',
      images: [{ url }, { url: url2 }],
      failures: [],
      parts: ['趁热。', 0, 'Then eat.', 1],
    });
  });

  it('has no parts when there is no text in it', async () => {
    deepStrictEqual(await generate(() => stream(image(url) + stop)), {
      requestId: 'r',
      images: [{ url }],
      failures: [],
    });
  });

  it('ends with the stop, also when the connection stays open', async () => {
    const body = image(url) + stop + image(url2);
    const delivery = await generate(() => stream(body, () => new Promise(() => {})));
    deepStrictEqual(delivery.images, [{ url }]);
  });

  const ends: readonly (readonly [string, string])[] = [
    ['at its end without a stop', image(url)],
    ['in a last frame without an empty line', image(url).trimEnd()],
    [
      'around frames of no meaning',
      `:keep-alive\n\n${frame('[DONE]')}${frame('7')}${image(url)}${stop}`,
    ],
    ['with carriage returns', (image(url) + stop).replaceAll('\n', '\r\n')],
  ];
  for (const [name, body] of ends) {
    it(`is read ${name}`, async () => {
      deepStrictEqual((await generate(() => stream(body))).images, [{ url }]);
    });
  }

  it('without one image and word is not free', async () => {
    for (const body of ['', stop]) {
      await rejects(
        generate(() => stream(body)),
        { kind: 'badResponse', code: 'NoImage', billed: 'maybe' },
      );
    }
  });

  it('of words alone keeps them, and says that there is no image', async () => {
    deepStrictEqual(await generate(() => stream(text('Only ') + text('words.') + stop)), {
      requestId: 'r',
      images: [],
      failures: [
        {
          kind: 'badResponse',
          code: 'TextOnly',
          message:
            'The model answered with text and made no image; say in the prompt what is to be shown, and generate again.',
        },
      ],
      parts: ['Only words.'],
    });
  });

  it('of words alone keeps them also without a stop, but then images may be missing', async () => {
    const { images, failures, parts } = await generate(() => stream(text('Only words.')));
    deepStrictEqual([images, parts], [[], ['Only words.']]);
    deepStrictEqual(
      failures.map(({ code }) => code),
      ['StreamBroken'],
    );
  });

  const laterErrors: readonly (readonly [number, string])[] = [
    [503, 'ServiceUnavailable'],
    [429, 'Throttling.RateQuota'],
    [404, 'NotFound'],
    [403, 'AccessDenied'],
    [400, 'DataInspectionFailed'],
    [400, 'InvalidParameter'],
  ];
  for (const [status, code] of laterErrors) {
    it(`that has begun and then fails with ${status} ${code} is not sent again`, async () => {
      const failure = frame({ code, message: 'm', request_id: 'e' }, 'error', status);
      for (const start of [text('Step 1.'), delta([])]) {
        const seen: SeenRequest[] = [];
        await rejects(
          generate(() => stream(start + failure), { seen }),
          { code, httpStatus: status, requestId: 'e', billed: 'maybe' },
        );
        strictEqual(seen.length, 1);
      }
    });
  }

  it('may be a refusal, with the status that the frame names', async () => {
    const body = frame(
      { code: 'InvalidParameter', message: 'Bad.', request_id: 'e' },
      'error',
      400,
    );
    await rejects(
      generate(() => stream(body)),
      {
        ...{ kind: 'invalidRequest', code: 'InvalidParameter', httpStatus: 400 },
        ...{ requestId: 'e', billed: 'no', retryable: false },
      },
    );
  });

  it('may be a refusal with a status of its own', async () => {
    const refused = (body: string): Response =>
      new Response(body, { status: 403, headers: { 'content-type': 'text/event-stream' } });
    const data = { code: 'Model.AccessDenied', message: 'm', request_id: 'e' };
    for (const body of [frame(data, 'error', 403), `data:${JSON.stringify(data)}\n\n`]) {
      await rejects(
        generate(() => refused(body)),
        { kind: 'auth', code: 'Model.AccessDenied', httpStatus: 403, requestId: 'e', billed: 'no' },
      );
    }
    await rejects(
      generate(() => refused('')),
      { kind: 'auth', code: 'Http403', billed: 'no' },
    );
  });

  it('is asked for again when the frame says that the service is busy', async () => {
    const busy = frame({ code: 'Throttling.RateQuota', message: 'm' }, 'error', 429);
    const bodies = [busy, image(url) + stop];
    strictEqual((await generate(() => stream(bodies.shift() ?? ''))).images.length, 1);
  });

  it('may be a refusal without a stream', async () => {
    const refusal = { code: 'DataInspectionFailed', message: 'm', request_id: 'e' };
    await rejects(
      generate(() => Response.json(refusal, { status: 400 })),
      { kind: 'contentFilter', requestId: 'e', billed: 'no' },
    );
  });

  it('that fails after an image keeps it, and names the reason for the rest', async () => {
    const refusal = { code: 'DataInspectionFailed', message: 'Output data …' };
    const body = text('One.') + image(url) + frame(refusal, 'error', 400);
    const { images, parts, failures } = await generate(() => stream(body));
    deepStrictEqual([images, parts], [[{ url }], ['One.', 0]]);
    deepStrictEqual(
      failures.map(({ kind, code }) => [kind, code]),
      [['contentFilter', 'DataInspectionFailed']],
    );
  });

  it('that breaks off after an image keeps it, and says that the rest is open', async () => {
    const delivery = await generate(() => stream(text('One.') + image(url) + text('Tw'), reset));
    deepStrictEqual(delivery, {
      requestId: 'r',
      images: [{ url }],
      failures: [
        {
          kind: 'network',
          code: 'StreamBroken',
          message:
            'The answer broke off before its end; what had come by then is kept, and the rest may have been billed.',
        },
      ],
      parts: ['One.', 0, 'Tw'],
    });
  });

  it('that breaks off before any image may have been billed', async () => {
    await rejects(
      generate(() => stream(text('One.'), reset)),
      { kind: 'network', code: 'ECONNRESET', billed: 'maybe' },
    );
  });

  it('that breaks off for want of any network is not sent again', async () => {
    for (const code of ['net::ERR_INTERNET_DISCONNECTED', 'UND_ERR_ABORTED', 'EPROTO']) {
      const seen: SeenRequest[] = [];
      const end = (source: ReadableStreamDefaultController): void =>
        source.error(Object.assign(new Error(code), { code }));
      await rejects(
        generate(() => stream(text('One.'), end), { seen }),
        { kind: 'network', code, billed: 'maybe' },
      );
      strictEqual(seen.length, 1);
    }
  });

  it('without end is cut off', async () => {
    const words = text('word '.repeat(1_000_000));
    const endless = (start: string): Response =>
      new Response(start + words + words, {
        headers: { 'content-type': 'text/event-stream' },
      });
    await rejects(
      generate(() => endless('')),
      { kind: 'badResponse', code: 'ReplyTooLarge', billed: 'maybe' },
    );
    deepStrictEqual((await generate(() => endless(image(url)))).failures[0]?.code, 'StreamBroken');
  });

  function cancelledAfter(start: string): Promise<ImageDelivery> {
    const cancel = new AbortController();
    const end = (source: ReadableStreamDefaultController): void => {
      cancel.abort();
      source.error(cancel.signal.reason);
    };
    return generate(() => stream(start, end), { signal: cancel.signal });
  }

  it('that is cancelled before any image is lost', async () => {
    await rejects(cancelledAfter(text('One.')), isAbortError);
  });

  it('that is cancelled after an image keeps it', async () => {
    const { images, failures } = await cancelledAfter(text('One.') + image(url));
    deepStrictEqual(images, [{ url }]);
    deepStrictEqual(
      failures.map(({ code }) => code),
      ['StreamBroken'],
    );
  });

  describe('of the emulator', () => {
    let emulator: Emulator;
    before(async () => {
      emulator = await startEmulator();
    });
    after(() => emulator.stop());
    afterEach(() => emulator.reset());

    function ask(regionId = 'cn-beijing'): Promise<ImageDelivery> {
      const environment = new FakeEnvironment((target, init) => globalThis.fetch(target, init));
      const provider = new DashScopeProvider({
        ...providerOptions(environment),
        baseUrlFor: () => emulator.url,
        getApiKey: async () => 'sk-emulator',
      });
      return generateWith(modelIn(provider, 'wan2.6-image', regionId), request);
    }

    it('is the same as a stream and as a task', async () => {
      const [streamed, task] = [await ask(), await ask('eu-central-1')];
      strictEqual(streamed.taskId, undefined);
      strictEqual(typeof task.taskId, 'string');
      for (const { images, parts = [] } of [streamed, task]) {
        strictEqual(images.length, 2);
        deepStrictEqual(
          parts.map((part) => typeof part),
          ['string', 'number', 'string', 'number'],
        );
      }
      deepStrictEqual(streamed.parts, task.parts);
      strictEqual(emulator.ledger().length, 4);
    });

    it('is not sent again when it is lost', async () => {
      emulator.addFault({ phase: 'submit', kind: 'loseAnswer' });
      await rejects(ask(), { billed: 'maybe' });
      strictEqual(emulator.requests().length, 1);
    });
  });
});
