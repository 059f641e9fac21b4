import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { findLostTask } from '../../../src/dashscope/lostTask';
import { findModel } from '../../../src/dashscope/modelCatalog';
import { DashScopeTransport } from '../../../src/dashscope/transport';
import { FakeEnvironment, type ListedRow, origin, pageOfTasks } from './fakeService';

const modelId = 'wan2.2-t2i-flash';
const minute = 60_000;
const hour = 60 * minute;
/** Of a search in which something runs to its end. */
const allLooks = [0, 3_000, 7_000, 20_000, 40_000];

/** A task of the list; `prompt` is told once it has succeeded. */
interface Made {
  readonly id: string;
  /** After the request left. */
  readonly afterMs?: number;
  readonly status?: string;
  readonly prompt?: string;
  readonly model?: string;
}

describe('the search for a lost task', () => {
  let environment: FakeEnvironment;
  let controller: AbortController;
  let sentAt: number;
  let made: readonly Made[];
  let urls: URL[];
  /** The clock of the service goes before ours. */
  let aheadMs: number | undefined;
  /** Answers to lists, before those of the tasks; undefined is a lost connection. */
  let faults: (Response | undefined)[];
  /** Until then, no connection stands. */
  let outageEnds: number;

  beforeEach(() => {
    [made, urls, faults, aheadMs, outageEnds] = [[], [], [], 0, 0];
    controller = new AbortController();
    environment = new FakeEnvironment(async (address) => answer(new URL(address)));
    sentAt = environment.now() - minute;
  });

  function answer(url: URL): Response {
    urls.push(url);
    if (environment.now() < outageEnds) throw lostConnection('ENOTFOUND');
    const date = new Date(environment.now() + (aheadMs ?? 0)).toUTCString();
    const init = aheadMs === undefined ? {} : { headers: { date } };
    const id = url.pathname.split('/')[4];
    if (!id) {
      if (faults.length === 0) return Response.json(pageOfTasks(rows(), url), init);
      const fault = faults.shift();
      if (fault) return fault;
      throw lostConnection('ECONNRESET');
    }
    const prompt = made.find((task) => task.id === id)?.prompt;
    const results = [{ url: 'https://x/a.png', ...(prompt && { orig_prompt: prompt }) }];
    return Response.json({ output: { task_status: 'SUCCEEDED', results } }, init);
  }

  const lostConnection = (code: string): Error =>
    Object.assign(new TypeError('fetch failed'), { code });

  const lists = (): URL[] => urls.filter(({ pathname }) => pathname === '/api/v1/tasks/');

  function rows(): ListedRow[] {
    return made.map(({ id, afterMs = 500, status = 'RUNNING', model = modelId }) => ({
      ...{ task_id: id, status, model_name: model, request_id: `of ${id}`, extra: [1] },
      gmt_create: sentAt + (aheadMs ?? 0) + afterMs,
    }));
  }

  function find(
    prompt = 'a red fox',
    known = async (): Promise<readonly string[]> => [],
    address = {},
  ) {
    const row = findModel(modelId);
    if (!row) throw new Error(modelId);
    const transport = new DashScopeTransport(environment, {
      baseUrl: origin,
      getApiKey: async () => 'sk-key',
      ...address,
    });
    const request = { modelId, prompt, size: row.defaultSize, count: 1 };
    const lost = { sentAt, request, knownTasks: async () => new Set(await known()) };
    return findLostTask(lost, row, { transport, environment }, controller.signal);
  }

  const none = (candidates: number) => ({ found: undefined, candidates });
  const resultOf = (id: string, isProven: boolean) => ({
    found: { taskId: id, requestId: `of ${id}`, submittedAt: sentAt },
    isProven,
  });
  const proven = (id: string) => resultOf(id, true);
  const unproven = (id: string) => resultOf(id, false);
  /** One whose answer names the prompt that is looked for. */
  const ours: Made = { id: 'a', status: 'SUCCEEDED', prompt: 'a red fox' };

  it('takes one that names the prompt at once, as proven', async () => {
    made = [ours, { id: 'b' }];
    deepStrictEqual(await find(), proven('a'));
    deepStrictEqual(environment.pauses, [0]);
  });

  it('takes the only one that can tell nothing after the last look, as not proven', async () => {
    for (const status of ['SUCCEEDED', 'FAILED']) {
      environment.pauses.length = 0;
      made = [{ id: 'a', status }];
      deepStrictEqual(await find(), unproven('a'));
      deepStrictEqual(environment.pauses, [0, 3_000, 7_000]);
    }
  });

  it('takes the only one that still runs after a minute more, as not proven', async () => {
    made = [{ id: 'a' }];
    deepStrictEqual(await find(), unproven('a'));
    deepStrictEqual(environment.pauses, allLooks);
  });

  it("does not take somebody else's task for one that comes into the list later", async () => {
    made = [{ id: 'theirs', afterMs: -5_000 }];
    environment.onPause = (ms) => {
      if (ms === 3_000) made = [...made, { id: 'a' }];
      if (ms === 20_000) {
        made = [{ id: 'theirs', status: 'SUCCEEDED', prompt: 'their cat', afterMs: -5_000 }, ours];
      }
    };
    deepStrictEqual(await find(), proven('a'));
  });

  it('is left with two where the later one cannot be told from the first', async () => {
    made = [{ id: 'theirs', status: 'SUCCEEDED' }];
    environment.onPause = (ms) => {
      if (ms === 7_000) made = [...made, { id: 'a', status: 'SUCCEEDED' }];
    };
    deepStrictEqual(await find(), none(2));
  });

  it("asks for a model's tasks of a few minutes, in China's time", async () => {
    made = [ours];
    sentAt = environment.time = Date.UTC(2026, 0, 1, 15, 59, 30);
    await find();
    deepStrictEqual(
      lists().map(({ pathname, searchParams }) => [pathname, Object.fromEntries(searchParams)]),
      [
        [
          '/api/v1/tasks/',
          {
            start_time: '20260101235800',
            end_time: '20260102000200',
            model_name: modelId,
            page_no: '1',
            page_size: '10',
          },
        ],
      ],
    );
  });

  it('leaves out those of other jobs, other models and other times', async () => {
    made = [
      { id: 'known' },
      { id: 'other', model: 'wan2.2-t2i-plus' },
      { id: 'early', afterMs: -40_000 },
      { id: 'late', afterMs: 160_000 },
      { id: 'a', afterMs: 55_000 },
    ];
    deepStrictEqual(await find(undefined, async () => ['known']), unproven('a'));
  });

  it('asks before each look anew which tasks are known', async () => {
    made = [{ ...ours, id: 'other' }, ours];
    const known: string[] = [];
    environment.onPause = (ms) => {
      if (ms === 7_000) known.push('other');
    };
    deepStrictEqual(await find(undefined, async () => known), proven('a'));
  });

  it('looks again after 3 and after 10 seconds, as the list may lag', async () => {
    deepStrictEqual(await find(), none(0));
    deepStrictEqual(environment.pauses, [0, 3_000, 7_000]);
    environment.pauses.length = 0;
    environment.onPause = (ms) => {
      if (ms === 7_000) made = [ours];
    };
    deepStrictEqual(await find(), proven('a'));
  });

  it('reads every page', async () => {
    const others = Array.from({ length: 24 }, (_, index) => `other-${index}`);
    made = [...others.map((id) => ({ id })), ours];
    deepStrictEqual(await find(undefined, async () => others), proven('a'));
    strictEqual(lists().length, 3);
  });

  it('ends where the list turns in circles', async () => {
    const page = { data: [{ task_id: 'a' }, { task_id: 'b' }] };
    faults = [Response.json(page), Response.json(page)];
    await find(undefined, async () => ['a', 'b']);
    deepStrictEqual(
      urls.map(({ searchParams }) => searchParams.get('page_no')),
      ['1', '2', '1', '1'],
    );
  });

  for (const ahead of [-3 * 60 * minute, 20 * minute]) {
    it(`goes by the clock of the service, which is ${ahead / minute} minutes away from ours`, async () => {
      aheadMs = ahead;
      made = [ours];
      deepStrictEqual(await find(), proven('a'));
      strictEqual(lists().length, 2);
    });
  }

  it('looks a little further back where the clock of the service is not known', async () => {
    aheadMs = undefined;
    made = [{ ...ours, afterMs: -80_000 }];
    deepStrictEqual(await find(), proven('a'));
  });

  it('says how many there are that it cannot tell apart', async () => {
    made = [{ id: 'a' }, { id: 'b', status: 'SUCCEEDED' }, { id: 'c', status: 'FAILED' }];
    deepStrictEqual(await find(), none(3));
  });

  it('tells several apart by the prompts that their answers name', async () => {
    made = [
      { id: 'a', status: 'SUCCEEDED', prompt: 'a blue bird' },
      { id: 'b', status: 'SUCCEEDED', prompt: 'a red fox' },
      { id: 'c' },
    ];
    deepStrictEqual(await find(), proven('b'));
  });

  it('waits for those that have not ended, whose prompt is not known yet', async () => {
    made = [{ id: 'a' }, { id: 'b' }];
    environment.onPause = (ms) => {
      if (ms === 3_000) {
        made = made.map(({ id }) => ({ id, status: 'SUCCEEDED', prompt: `fox ${id}` }));
      }
    };
    deepStrictEqual(await find('fox b'), proven('b'));
  });

  it('waits a minute more for them to end, but not for those that can tell nothing', async () => {
    made = [{ id: 'a' }, { id: 'b', status: 'PENDING' }];
    deepStrictEqual(await find(), none(2));
    deepStrictEqual(environment.pauses, allLooks);
    environment.pauses.length = 0;
    environment.onPause = (ms) => {
      if (ms === 20_000) made = made.map(({ id }) => ({ id, status: 'SUCCEEDED' }));
    };
    deepStrictEqual(await find(), none(2));
    deepStrictEqual(environment.pauses, [0, 3_000, 7_000, 20_000]);
  });

  it('does not take two with the same prompt for one', async () => {
    const prompt = 'a red fox';
    made = ['a', 'b'].map((id) => ({ id, status: 'SUCCEEDED', prompt }));
    deepStrictEqual(await find(), none(2));
  });

  it('refuses the only one that has another prompt', async () => {
    made = [{ id: 'a', status: 'SUCCEEDED', prompt: 'a red' }];
    deepStrictEqual(await find(), none(0));
  });

  it('knows a prompt that the service has cut', async () => {
    made = [{ id: 'a', status: 'SUCCEEDED', prompt: 'fox '.repeat(200) }];
    deepStrictEqual(await find('fox '.repeat(300)), proven('a'));
  });

  it('asks about a task that has ended only once', async () => {
    made = [
      { id: 'a', status: 'SUCCEEDED' },
      { id: 'b', status: 'SUCCEEDED', prompt: 'a cat' },
    ];
    deepStrictEqual(await find(), unproven('a'));
    strictEqual(urls.length - lists().length, 2);
  });

  describe('while the list cannot be read', () => {
    it('goes on, with pauses of half a minute at most, for as long as that lasts', async () => {
      outageEnds = environment.now() + 2 * minute;
      made = [ours];
      deepStrictEqual(await find(), proven('a'));
      const pauses = [0, 1_000, 2_000, 4_000, 8_000, 16_000, 24_000, 24_000, 24_000, 24_000];
      deepStrictEqual(environment.pauses, pauses);
      outageEnds = environment.now() + 5 * minute;
      Object.assign(environment, { random: () => 0.999 });
      await find();
      ok(Math.max(...environment.pauses) <= 30_000);
    });

    it('counts only the looks that were answered', async () => {
      const busy = Response.json({ code: 'Throttling' }, { status: 429 });
      const gateway = new Response('<html>', { status: 502 });
      const empty = (): Response => Response.json({ data: [] });
      faults = [undefined, busy, empty(), undefined, empty(), gateway, empty()];
      deepStrictEqual(await find(), none(0));
      deepStrictEqual(environment.pauses, [0, 1_000, 2_000, 3_000, 1_000, 7_000, 1_000]);
    });

    it('goes on where a candidate could not be asked after, and asks no other one twice', async () => {
      made = [{ id: 'b', status: 'SUCCEEDED', prompt: 'a cat' }, ours];
      const { fetch } = environment;
      let isDown = true;
      const breaking = async (address: string, init: RequestInit): Promise<Response> => {
        const isOurs = address.endsWith('/a');
        if (!isOurs || !isDown) return fetch(address, init);
        isDown = false;
        throw lostConnection('ECONNRESET');
      };
      Object.assign(environment, { fetch: breaking });
      deepStrictEqual(await find(), proven('a'));
      deepStrictEqual(
        urls.map(({ pathname }) => pathname),
        ['/api/v1/tasks/', '/api/v1/tasks/b', '/api/v1/tasks/', '/api/v1/tasks/a'],
      );
    });

    it('ends when it is cancelled', async () => {
      outageEnds = Number.POSITIVE_INFINITY;
      environment.onPause = () => {
        if (environment.pauses.length === 100) controller.abort(new Error('let go'));
      };
      await rejects(find(), (error) => error === controller.signal.reason);
    });

    it('ends when the list no longer goes back that far', async () => {
      outageEnds = Number.POSITIVE_INFINITY;
      await rejects(find(), { code: 'ListExpired', billed: 'maybe' });
      ok(environment.now() - sentAt < 24 * hour + minute);
    });
  });

  it('asks nothing about a submit that is older than a day, as the list cannot know', async () => {
    sentAt = environment.now() - 24 * hour;
    await rejects(find(), {
      ...{ name: 'ImageGenerationError', kind: 'timeout', code: 'ListExpired', billed: 'maybe' },
      message: /24 hours.*look at your bill/,
    });
    deepStrictEqual(urls, []);
    sentAt += 2 * minute;
    deepStrictEqual(await find(), none(0));
  });

  it('fails at once where there is no list, or the key is refused: nothing is known then', async () => {
    for (const [status, code] of [
      [404, 'NotFound'],
      [401, 'InvalidApiKey'],
      [403, 'AccessDenied'],
    ] as const) {
      faults = [Response.json({ code, message: 'm' }, { status })];
      await rejects(find(), { code, billed: 'maybe' });
    }
    strictEqual(urls.length, 3);
  });

  it('fails at once where the request cannot even be made', async () => {
    await rejects(find(undefined, undefined, { workspaceId: 'llm 1' }), {
      ...{ code: 'WorkspaceInvalid', billed: 'maybe' },
    });
    deepStrictEqual(environment.pauses, [0]);
  });

  it('fails with what keeps it from knowing which tasks are known', async () => {
    const failure = new Error('the disk is gone');
    const known = () => Promise.reject(failure);
    await rejects(find(undefined, known), (error) => error === failure);
    deepStrictEqual(urls, []);
  });

  it('reads a strange list as an empty one', async () => {
    faults = [{ data: 'x' }, { data: [1, { task_id: 7 }] }, {}].map((body) => Response.json(body));
    deepStrictEqual(await find(), none(0));
  });

  it('ends with the reason when it is cancelled', async () => {
    environment.onPause = (ms) => ms > 0 && controller.abort(new Error('let go'));
    await rejects(find(), (error) => error === controller.signal.reason);
  });

  it('waits for leave before each question', async () => {
    let asked = 0;
    const beforeQuery = async (): Promise<void> => {
      asked += 1;
    };
    Object.assign(environment, { beforeQuery });
    made = [ours];
    await find();
    strictEqual(asked, 2);
  });
});
