import assert from 'node:assert/strict';
import { type SelectModelOptions, selectModel } from '../../src/commands/selectModel';
import { findModel, modelCatalog } from '../../src/dashscope/modelCatalog';
import { findPrice } from '../../src/dashscope/prices';
import { type FakeQuickInput, FakeQuickInputs } from '../fakes/fakeQuickInputs';

describe('easel.selectModel', () => {
  let inputs: FakeQuickInputs;
  const chosen: string[] = [];
  beforeEach(() => {
    inputs = new FakeQuickInputs();
    chosen.length = 0;
  });
  afterEach(() => inputs.restore());

  /** Opens the list; `done` resolves once it is closed. */
  async function open(regionId = 'cn-beijing', model = 'qwen-image-2.0') {
    const options = {
      settings: {
        regionId,
        model,
        setModel: async (id: string) => {
          chosen.push(id);
        },
      },
      models: modelCatalog,
      requests: { findModel },
      prices: { find: findPrice },
    } satisfies SelectModelOptions;
    const shown = inputs.next();
    const done = selectModel(options);
    return { list: await shown, done };
  }

  function detail(list: FakeQuickInput, label: string): string {
    return (
      list.items.find((item) => item.label === label && item.detail !== undefined)?.detail ?? ''
    );
  }

  it('offers the models of the region under their families, at the current one', async () => {
    const { list, done } = await open('us-east-1', 'wan2.6-t2i');
    assert.deepEqual(
      list.items.map(({ label, kind }) => (kind === undefined ? label : `— ${label}`)),
      [
        ...['— Qwen-Image', 'Qwen-Image 3.0 Pro', 'Qwen-Image 3.0'],
        ...['— Wan', '$(check) Wan 2.6', '— Wan Edit', 'Wan 2.6 Image'],
      ],
    );
    assert.deepEqual(
      list.activeItems.map(({ label }) => label),
      ['$(check) Wan 2.6'],
    );
    list.hide();
    await done;
    assert.deepEqual(chosen, []);
  });

  it('says what each costs, what it takes and what is not certain', async () => {
    const { list, done } = await open('us-east-1');
    assert.equal(
      detail(list, 'Qwen-Image 3.0'),
      '$0.03 per image, each input image $0.003 · third-party price of 2026-10 · $(question) not confirmed for this region · edits images, takes 3 · up to 6 images · free sizes, 2048 × 2048 by default',
    );
    assert.match(
      detail(list, 'Wan 2.6 Image'),
      /^\$0\.03 per image · Singapore's price of 2026-04, .* · needs an image, takes 4 · /,
    );
    list.hide();
    await done;
    const beijing = await open();
    assert.match(
      detail(beijing.list, 'Qwen-Image 2.1 Pro'),
      /rules not confirmed by the documents · /,
    );
    assert.match(detail(beijing.list, 'Qwen-Image Edit'), /the size follows the image/);
    assert.match(detail(beijing.list, 'Qwen-Image 2.1 Turbo'), /^price not known · /);
    beijing.list.hide();
    await beijing.done;
  });

  it('remembers the one that is picked', async () => {
    const { list, done } = await open();
    list.accept('Wanx V1');
    await done;
    assert.deepEqual(chosen, ['wanx-v1']);
  });

  it('takes a typed id of a known family, and marks its rules as guessed', async () => {
    const { list, done } = await open();
    list.type('qwen-image-9.0 ');
    const entry = list.items.at(-1);
    assert.equal(entry?.label, 'Use the model id “qwen-image-9.0”');
    assert.match(entry?.detail ?? '', /rules guessed from its family · /);
    list.accept(entry?.label);
    await done;
    assert.deepEqual(chosen, ['qwen-image-9.0']);
  });

  it('offers nothing of its own while the list has something that matches', async () => {
    const { list, done } = await open();
    const count = list.items.length;
    for (const text of ['wan', 'qwen-image-2.0', 'Turbo', 'one image at a time', '']) {
      list.type(text);
      assert.equal(list.items.length, count, text);
    }
    list.type('wan9');
    list.type('wan');
    assert.equal(list.items.length, count, 'the offer goes');
    list.hide();
    await done;
  });

  it('goes to the model whose id or name was typed in full, not to one that only begins so', async () => {
    const { list, done } = await open('cn-beijing', 'wanx-v1');
    for (const text of ['qwen-image-2.0', 'Qwen-Image 2.0']) {
      list.type(text);
      assert.deepEqual(
        list.activeItems.map(({ label }) => label),
        ['Qwen-Image 2.0'],
      );
    }
    list.hide();
    await done;
  });

  it('says why a text is no model here, and does not take it', async () => {
    const { list, done } = await open('ap-southeast-1');
    list.type('dall-e-3');
    assert.equal(list.items.at(-1)?.label, 'No model matches “dall-e-3”');
    assert.match(list.items.at(-1)?.detail ?? '', /begins with qwen-image, wan or z-image/);
    list.accept(list.items.at(-1)?.label);
    assert.ok(list.isOpen);
    list.type('wanx-v1');
    assert.match(list.items.at(-1)?.detail ?? '', /only in Beijing/);
    list.accept(list.items.at(-1)?.label);
    assert.ok(list.isOpen);
    list.hide();
    await done;
    assert.deepEqual(chosen, []);
  });

  it('keeps a typed model in the list once it is the current one', async () => {
    const { list, done } = await open('cn-beijing', 'wan9-image');
    assert.deepEqual(
      list.activeItems.map(({ label }) => label),
      ['$(check) wan9-image'],
    );
    list.hide();
    await done;
  });
});
