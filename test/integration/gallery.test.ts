import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { modelCatalog } from '../../src/dashscope/modelCatalog';
import type { History } from '../../src/history/history';
import { Thumbnails } from '../../src/history/thumbnails';
import { galleryHandlers } from '../../src/panel/galleryHandlers';
import { requestedSizeText } from '../../src/panel/imageDetailsText';
import { PanelJobs } from '../../src/panel/panelJobs';
import type { GalleryFilter } from '../../src/shared/galleryProtocol';
import type { HostMessage } from '../../src/shared/panelProtocol';
import { parameterLines } from '../../src/ui/parameterLines';
import { workspaceName } from '../../src/workspace/workspaceName';
import { encodePng } from '../emulator/picture/encodePng';
import { HistoryStorage, savedImage, savedJob } from '../fakes/historyStorage';
import { fullRequest } from '../fakes/journalRecords';

const everything: GalleryFilter = {
  text: '',
  modelId: null,
  since: null,
  shape: null,
  isHere: false,
  isFavourite: false,
};

describe('the gallery', () => {
  let storage: HistoryStorage;
  let history: History;
  let thumbnails: Thumbnails;
  let posted: HostMessage[];
  let handlers: ReturnType<typeof galleryHandlers>;
  beforeEach(async () => {
    storage = new HistoryStorage();
    history = await storage.window();
    thumbnails = new Thumbnails(storage.folder, 'window');
    posted = [];
    handlers = galleryHandlers({
      services: {
        ...{ history, thumbnails },
        requests: { findModel: (id) => modelCatalog.find((model) => model.id === id) },
      },
      view: {
        toWebviewUri: (uri) => uri.with({ scheme: 'https', authority: 'webview' }),
        mayShow: (uri) => uri.startsWith('file:///w/'),
        post: () => {},
      },
      post: (message) => posted.push(message),
    });
  });
  afterEach(() => storage.dispose());

  function query(queryId: number, changes: Partial<GalleryFilter> = {}): unknown {
    const filter = { ...everything, ...changes };
    return handlers.queryHistory({ type: 'queryHistory', queryId, filter, offset: 0, limit: 50 });
  }

  it('gets pages of images, with what may be shown of them', async () => {
    const [model, other] = modelCatalog;
    assert.ok(model && other);
    const images = [savedImage('a'), { ...savedImage('a', 1), uri: 'file:///else/%E9%9B%AA.png' }];
    const prompt = `${'x'.repeat(299)}🦊`;
    const request = { modelId: model.id, prompt };
    await history.add(savedJob('a', { images, request }), {
      workspace: 'file:///w',
      cost: undefined,
    });
    await history.add(savedJob('b', { startedAt: 1, request: { modelId: other.id } }), {
      workspace: workspaceName(),
      cost: undefined,
    });
    await handlers.setFavourite({ type: 'setFavourite', imageIds: ['a-1'], isFavourite: true });
    const png = encodePng({ width: 1, height: 1, pixels: new Uint8Array(3) });
    const bytes = new Uint8Array(png);
    await handlers.keepThumbnail({ type: 'keepThumbnail', imageId: 'a-1', bytes });
    await handlers.keepThumbnail({ type: 'keepThumbnail', imageId: 'unknown-1', bytes });
    assert.equal(thumbnails.has('unknown-1'), false);
    await query(7, { text: 'xxx' });
    const [page] = posted;
    assert.ok(page?.type === 'historyPage');
    assert.deepEqual([page.queryId, page.total, page.items.length], [7, 2, 2]);
    const thumbnail = pathToFileURL(thumbnails.path('a-1') ?? '').toString();
    const { size } = savedImage('a');
    const common = { jobId: 'a', size, prompt: 'x'.repeat(299), startedAt: 1_000 };
    assert.deepEqual(page.items, [
      {
        ...{ ...common, id: 'a-0', modelLabel: model.label, isFavourite: false },
        ...{ src: 'https://webview/w/images/a-0.png', fileName: 'a-0.png' },
      },
      {
        ...{ ...common, id: 'a-1', modelLabel: model.label, isFavourite: true },
        ...{ thumbnail: thumbnail.replace('file://', 'https://webview'), fileName: '雪.png' },
      },
    ]);
    const labels = page.models.map(({ label }) => label);
    assert.deepEqual(
      labels,
      [model.label, other.label].sort((a, b) => a.localeCompare(b)),
    );
    await query(8, { isHere: true });
    const here = posted[1];
    assert.deepEqual(here?.type === 'historyPage' && here.items.map(({ id }) => id), ['b-0']);
  });

  it('gets no answer to a question that was followed by another one', async () => {
    await Promise.all([query(1), query(2)]);
    assert.deepEqual(
      posted.map((message) => message.type === 'historyPage' && message.queryId),
      [2],
    );
  });

  it('gets the details of an image', async () => {
    const request = { seed: 7, negativePrompt: '模糊', size: '2K', count: 2 } as const;
    const cost = { amount: 0.4, currency: 'CNY', isUpTo: false } as const;
    await history.add(savedJob('a', { request }), { workspace: undefined, cost });
    await handlers.showDetails({ type: 'showDetails', imageId: 'a-0' });
    await handlers.showDetails({ type: 'showDetails', imageId: 'none' });
    assert.equal(posted.length, 1);
    assert.deepEqual(posted[0]?.type === 'details' && posted[0].details, {
      ...{ id: 'a-0', src: 'https://webview/w/images/a-0.png', fileName: 'a-0.png' },
      path: vscode.workspace.asRelativePath(vscode.Uri.parse('file:///w/images/a-0.png')),
      ...{ prompt: 'a fox', actualPrompt: 'rewritten for a-0', negativePrompt: '模糊' },
      ...{ modelLabel: 'm', requestedSize: '2K', size: { width: 1024, height: 1024 }, seed: 7 },
      parameters: [{ label: 'Images', value: '2' }],
      ...{ costText: '¥0.40', startedAt: 1_000, tookMs: 5_000, requestId: 'request-of-a' },
      isFavourite: false,
    });
  });

  it('says of a request what was not as usual, each parameter in words', () => {
    const lines = parameterLines(fullRequest, undefined);
    assert.deepEqual(
      lines.map(({ label, value }) => `${label}: ${value}`),
      [
        'Images: 2',
        'Input images: 参考.png and a.png',
        'Mask: 参考.png',
        'Kind of edit: Expand the image',
        'Strength of the change: 0.25',
        'Expand at the top: 1.5',
        'Expand at the bottom: 1',
        'Expand on the left: 1.25',
        'Expand on the right: 2',
        'Enlarge by: 2',
        'Style: Automatic',
        'What to take from the image: Its content',
        'Likeness to the image: 0.5',
        'Faithfulness to the sketch: 3',
        'Find the lines of the image: On',
        'Colors of the lines: #102030',
        'Make a set: On',
        'At most this many images: 4',
        'Think first: On',
        'Extend the prompt: On',
        'How the prompt is extended: Planned by an agent',
        'Color palette: #FF0000 100%',
        'Areas to edit: Image 1: (0, 1) – (20, 30)',
      ],
    );
    const model = modelCatalog.find(({ parameters }) => parameters.promptExtend?.kind === 'flag');
    const spec = model?.parameters.promptExtend;
    const usual = spec?.kind === 'flag' && spec.default;
    const request = { modelId: 'm', prompt: '', size: 'auto', count: 1 } as const;
    assert.deepEqual(parameterLines({ ...request, promptExtend: usual }, model), []);
    assert.equal(parameterLines({ ...request, promptExtend: !usual }, model).length, 1);
    assert.equal(requestedSizeText('auto'), 'Left to the model');
  });
});

describe("the panel's jobs", () => {
  let storage: HistoryStorage;
  beforeEach(() => {
    storage = new HistoryStorage();
  });
  afterEach(() => storage.dispose());

  it('are those of this session and the last ones of this workspace; any image can be named', async () => {
    const history = await storage.window();
    const here = { workspace: workspaceName(), cost: undefined };
    for (let count = 0; count < 32; count += 1) {
      await history.add(
        savedJob(`earlier-${count}`, { startedAt: count, endedAt: count + 900 }),
        here,
      );
    }
    const images = [savedImage('elsewhere', 0)];
    const request = { prompt: 'an owl' };
    const elsewhere = { ...here, workspace: 'file:///elsewhere' };
    await history.add(savedJob('elsewhere', { images, request }), elsewhere);
    const live = savedJob('live', { images: [savedImage('live', 0), savedImage('live', 1)] });
    await history.add(live, here);
    await history.forget(['live-1']);
    const { endedAt: _, ...begun } = savedJob('running');
    const running = { status: 'running', progress: { phase: 'submitting' }, images: [] } as const;
    const jobs = new PanelJobs({
      service: { jobs: () => [{ ...begun, state: running }, live] },
      history,
      describe: () => undefined,
      toWebviewUri: (uri) => uri,
      isCancelling: () => false,
    });
    const all = jobs.all();
    assert.deepEqual(
      all.map(({ id }) => id),
      ['running', 'live', ...Array.from({ length: 29 }, (_, index) => `earlier-${31 - index}`)],
    );
    assert.deepEqual(
      all.slice(0, 3).map(({ expectedMs }) => expectedMs),
      [900, undefined, undefined],
    );
    assert.deepEqual(
      all[1]?.images.map(({ id }) => id),
      ['live-0'],
    );
    assert.equal(jobs.image('elsewhere-0').uri, images[0]?.uri);
    assert.equal(jobs.promptOf('elsewhere-0'), 'an owl');
    assert.equal(jobs.job('earlier-0').request.prompt, 'a fox');
    assert.throws(() => jobs.image('live-1'));
    assert.throws(() => jobs.job('none'));
  });
});
