import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { findLostTask } from '../../../src/dashscope/lostTask';
import { findModel } from '../../../src/dashscope/modelCatalog';
import { DashScopeTransport } from '../../../src/dashscope/transport';
import { FakeEnvironment, origin } from './fakeService';

const modelId = 'wan2.2-t2i-flash';
const minute = 60_000;

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

  beforeEach(() => {
    [made, urls, faults, aheadMs] = [[], [], [], 0];
    controller = new AbortController();
    environment = new FakeEnvironment(async (address) => answer(new URL(address)));
    sentAt = environment.now() - minute;
  });

  function answer(url: URL): Response {
    urls.push(url);
    const date = new Date(environment.now() + (aheadMs ?? 0)).toUTCString();
    const init = aheadMs === undefined ? {} : { headers: { date } };
    const id = url.pathname.split('/')[4];
    if (!id) {
      if (faults.length === 0) return Response.json(list(url.searchParams), init);
      const fault = faults.shift();
      if (fault) return fault;
      throw Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' });
    }
    const prompt = made.find((task) => task.id === id)?.prompt;
    const results = [{ url: 'https://x/a.png', ...(prompt && { orig_prompt: prompt }) }];
    return Response.json({ output: { task_status: 'SUCCEEDED', results } }, init);
  }

  function list(query: URLSearchParams): object {
    const [page, size] = [Number(query.get('page_no')), Number(query.get('page_size'))];
    const time = (name: string): number => {
      const digits = query.get(name) ?? '';
      const text = digits.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6+08:00');
      return Date.parse(text);
    };
    const rows = made
      .map(({ id, afterMs = 500, status = 'RUNNING', model = modelId }) => ({
        ...{ task_id: id, status, model_name: model, request_id: `of ${id}`, extra: [1] },
        gmt_create: sentAt + (aheadMs ?? 0) + afterMs,
      }))
      .filter((row) => row.gmt_create >= time('start_time') && row.gmt_create <= time('end_time'));
    return {
      total_page: Math.ceil(rows.length / size),
      data: rows.slice((page - 1) * size, page * size),
    };
  }

  function find(prompt = 'a red fox', known: readonly string[] = []) {
    const row = findModel(modelId);
    if (!row) throw new Error(modelId);
    const transport = new DashScopeTransport(environment, {
      baseUrl: origin,
      getApiKey: async () => 'sk-key',
    });
    const request = { modelId, prompt, size: row.defaultSize, count: 1 };
    const lost = { sentAt, request, knownTasks: new Set(known) };
    return findLostTask(lost, row, { transport, environment }, controller.signal);
  }

  const none = (candidates: number) => ({ found: undefined, candidates });
  const found = (id: string) => ({
    found: { taskId: id, requestId: `of ${id}`, submittedAt: sentAt },
  });

  it('finds the only one that was made then', async () => {
    made = [{ id: 'a' }];
    deepStrictEqual(await find(), found('a'));
    deepStrictEqual(environment.pauses, [0]);
  });

  it("asks for a model's tasks of a few minutes, in China's time", async () => {
    made = [{ id: 'a' }];
    sentAt = environment.time = Date.UTC(2026, 0, 1, 15, 59, 30);
    await find();
    deepStrictEqual(
      urls.map(({ pathname, searchParams }) => [pathname, Object.fromEntries(searchParams)]),
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
    deepStrictEqual(await find(undefined, ['known']), found('a'));
  });

  it('looks again after 3 and after 10 seconds, as the list may lag', async () => {
    deepStrictEqual(await find(), none(0));
    deepStrictEqual(environment.pauses, [0, 3_000, 7_000]);
    environment.pauses.length = 0;
    environment.onPause = (ms) => {
      if (ms === 7_000) made = [{ id: 'a' }];
    };
    deepStrictEqual(await find(), found('a'));
  });

  it('reads every page', async () => {
    const others = Array.from({ length: 24 }, (_, index) => `other-${index}`);
    made = [...others, 'a'].map((id) => ({ id }));
    deepStrictEqual(await find(undefined, others), found('a'));
    strictEqual(urls.length, 3);
  });

  it('ends where the list turns in circles', async () => {
    const page = { data: [{ task_id: 'a' }, { task_id: 'b' }] };
    faults = [Response.json(page), Response.json(page)];
    await find(undefined, ['a', 'b']);
    deepStrictEqual(
      urls.map(({ searchParams }) => searchParams.get('page_no')),
      ['1', '2', '1', '1'],
    );
  });

  for (const ahead of [-3 * 60 * minute, 20 * minute]) {
    it(`goes by the clock of the service, which is ${ahead / minute} minutes away from ours`, async () => {
      aheadMs = ahead;
      made = [{ id: 'a' }];
      deepStrictEqual(await find(), found('a'));
      strictEqual(urls.length, 2);
    });
  }

  it('looks a little further back where the clock of the service is not known', async () => {
    aheadMs = undefined;
    made = [{ id: 'a', afterMs: -80_000 }];
    deepStrictEqual(await find(), found('a'));
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
    deepStrictEqual(await find(), found('b'));
  });

  it('waits for those that have not ended, whose prompt is not known yet', async () => {
    made = [{ id: 'a' }, { id: 'b' }];
    environment.onPause = (ms) => {
      if (ms === 3_000) {
        made = made.map(({ id }) => ({ id, status: 'SUCCEEDED', prompt: `fox ${id}` }));
      }
    };
    deepStrictEqual(await find('fox b'), found('b'));
  });

  it('waits a minute more for them to end, but not for those that can tell nothing', async () => {
    made = [{ id: 'a' }, { id: 'b', status: 'PENDING' }];
    deepStrictEqual(await find(), none(2));
    deepStrictEqual(environment.pauses, [0, 3_000, 7_000, 20_000, 40_000]);
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
    deepStrictEqual(await find('fox '.repeat(300)), found('a'));
  });

  it('goes on after a list that could not be read', async () => {
    faults = [undefined, Response.json({ code: 'Throttling' }, { status: 429 })];
    made = [{ id: 'a' }];
    deepStrictEqual(await find(), found('a'));
  });

  it('fails when no list could be read', async () => {
    faults = [undefined, undefined, undefined];
    await rejects(find(), { name: 'ImageGenerationError', billed: 'maybe' });
    strictEqual(urls.length, 3);
  });

  it('fails at once where there is no list, or the key is refused', async () => {
    for (const [status, code] of [
      [404, 'NotFound'],
      [401, 'InvalidApiKey'],
    ] as const) {
      faults = [Response.json({ code, message: 'm' }, { status })];
      await rejects(find(), { code });
    }
    strictEqual(urls.length, 2);
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
    made = [{ id: 'a', status: 'SUCCEEDED', prompt: 'a red fox' }];
    await find();
    strictEqual(asked, 2);
  });
});
