import assert from 'node:assert/strict';
import type { InputImage } from '../../../src/imageModel/inputImage';
import { InputShelf } from '../../../src/panel/inputShelf';
import { PanelInputs } from '../../../src/panel/panelInputs';
import { MemoryState } from '../../fakes/memoryState';
import { draftOf } from '../../fakes/panelFixtures';

const fox = 'file:///w/%E7%8B%90%20fox.png';
const web = 'https://example.com/a.png';
const outside = 'file:///elsewhere/b.png';

/** Files of 640 × 480, but for those that are gone. */
class FakeFiles {
  readonly inspected: string[] = [];
  readonly gone = new Set<string>();

  async inspect({ uri }: InputImage): Promise<InputImage> {
    this.inspected.push(uri);
    if (this.gone.has(uri)) throw new Error(`no file ${uri}`);
    if (uri.startsWith('https:')) return { uri };
    return { uri, format: 'png', byteLength: 10, size: { width: 640, height: 480 } };
  }
}

function setUp(state = new MemoryState()) {
  let count = 0;
  const shelf = new InputShelf(state, () => {
    count += 1;
    return `input-${count}`;
  });
  const files = new FakeFiles();
  const sourceOf = (uri: string) => (uri.startsWith('file:///w/') ? `web:${uri}` : undefined);
  return { state, shelf, files, inputs: new PanelInputs(shelf, files, sourceOf) };
}

const size = { width: 640, height: 480 };
const webInput = { id: 'input-2', name: 'a.png', address: web };
const foxInput = { id: 'input-1', name: '狐 fox.png', src: `web:${fox}`, size };

describe('the input images of the panel', () => {
  it('go to the page with a name, and with a picture where it may be shown', async () => {
    const { inputs } = setUp();
    assert.deepEqual(await inputs.add([{ uri: fox }, { uri: web }, { uri: outside }]), [
      foxInput,
      webInput,
      { id: 'input-3', name: 'b.png', size },
    ]);
  });

  it('of the web have the end of their address as a name', async () => {
    const { inputs } = setUp();
    const names = async (...uris: string[]) =>
      (await inputs.add(uris.map((uri) => ({ uri })))).map(({ name }) => name);
    const host = 'https://img.example.com';
    assert.deepEqual(
      await names(`${host}/a/%E7%8B%90.png?size=2#top`, `${host}/?id=1`, `${host}/100%.png`),
      ['狐.png', 'img.example.com', '100%.png'],
    );
  });

  it('have the beginning of its hash as a name where they were pasted', async () => {
    const { inputs } = setUp();
    const uri = `file:///w/inputs/${'0123abcd'.repeat(8)}.png`;
    assert.equal((await inputs.add([{ uri }]))[0]?.name, '0123abcd.png');
  });

  it('are refused when one cannot be read', async () => {
    const { inputs, files, shelf } = setUp();
    files.gone.add(outside);
    await assert.rejects(inputs.add([{ uri: fox }, { uri: outside }]));
    assert.equal(shelf.find('input-1'), undefined);
  });

  it('are looked at again after a reload, once, and never those in the web', async () => {
    const before = setUp();
    await before.inputs.add([{ uri: fox }, { uri: web }]);
    const draft = draftOf('qwen-image-2.0', { images: ['input-1', 'input-2'] });
    const { inputs, files } = setUp(before.state);
    assert.deepEqual(inputs.of(draft)[0], { id: 'input-1', name: '狐 fox.png', src: `web:${fox}` });
    await inputs.learn(draft);
    await inputs.learn(draft);
    assert.deepEqual(files.inspected, [fox]);
    assert.deepEqual(inputs.of(draft), [foxInput, webInput]);
    assert.equal(inputs.unreadable(draft, 'images', 0), undefined);
    assert.equal(inputs.unreadable(draft, 'images', 1), undefined);
  });

  it('stay when their files are gone, by name', async () => {
    const before = setUp();
    await before.inputs.add([{ uri: fox }, { uri: outside }]);
    const draft = draftOf('qwen-image-2.0', { images: ['input-1', 'made up'], mask: 'input-2' });
    const { inputs, files } = setUp(before.state);
    files.gone.add(fox).add(outside);
    await inputs.learn(draft);
    assert.deepEqual(
      inputs.of(draft).map(({ name }) => name),
      ['狐 fox.png', 'b.png'],
    );
    assert.equal(inputs.unreadable(draft, 'images', 0), '狐 fox.png');
    assert.equal(inputs.unreadable(draft, 'images', 1), undefined);
    assert.equal(inputs.unreadable(draft, 'mask', 0), 'b.png');
  });
});
