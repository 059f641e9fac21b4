import assert from 'node:assert/strict';
import { draftOf, stateMessage } from '../fakes/panelFixtures';
import { type StudioPage, studioPages } from './pageHarness';

const pro = 'qwen-image-2.0-pro';
const textOnly = 'wan2.6-t2i';

/** An event as the browser sends it, with data by type and files. The name is that of a DragEvent or `paste`. */
interface Transfer {
  readonly data?: Readonly<Record<string, string>>;
  readonly files?: readonly {
    readonly name: string;
    readonly type: string;
    readonly size?: number;
  }[];
}

describe('Images that are dropped or pasted', () => {
  const open = studioPages();

  it('are files of VS Code, which the host looks at', async () => {
    const studio = await open(stateMessage(draftOf(pro)));
    const uris = ['file:///w/a.png', 'file:///w/b.png'];
    await drop(studio, '#prompt', { data: { 'application/vnd.code.uri-list': uris.join('\r\n') } });
    assert.deepEqual((await studio.posted()).at(-1), {
      ...{ type: 'addDroppedFiles', target: 'images', uris },
    });
    assert.equal(await studio.prompt.inputValue(), '', 'the addresses are not typed');
  });

  it('are images of the history', async () => {
    const studio = await open(stateMessage(draftOf(pro)));
    const data = { 'application/vnd.easel.images+json': '{"imageIds":["job-0"]}' };
    await drop(studio, '.form', { data });
    assert.deepEqual((await studio.posted()).at(-1), {
      ...{ type: 'addImages', target: 'images', imageIds: ['job-0'] },
    });
  });

  it('are a mask where they fall on its field', async () => {
    const draft = draftOf('wanx2.1-imageedit', {
      parameters: { editFunction: 'description_edit_with_mask' },
    });
    const studio = await open(stateMessage(draft));
    await drop(studio, '.field-mask .add-input', { data: { resourceurls: '["file:///w/m.png"]' } });
    assert.deepEqual((await studio.posted()).at(-1), {
      ...{ type: 'addDroppedFiles', target: 'mask', uris: ['file:///w/m.png'] },
    });
  });

  it('are files from outside, with their bytes and in their order', async () => {
    const studio = await open(stateMessage(draftOf(pro)));
    await drop(studio, '.form', {
      files: [
        { name: 'a.png', type: 'image/png' },
        { name: 'b.jpg', type: 'image/jpeg' },
      ],
    });
    await studio.untilPosted('addImageFile', 2);
    const bytes = Uint8Array.of(1, 2, 3);
    assert.deepEqual((await studio.posted()).slice(-2), [
      { type: 'addImageFile', target: 'images', name: 'a.png', bytes },
      { type: 'addImageFile', target: 'images', name: 'b.jpg', bytes },
    ]);
  });

  it('are refused in words when they are no images or too large', async () => {
    const studio = await open(stateMessage(draftOf(pro)));
    const refused = studio.page.locator('#images-issue');
    await drop(studio, '.form', { files: [{ name: 'a.pdf', type: 'application/pdf' }] });
    await refused.getByText('"a.pdf" is not an image').waitFor();
    const size = 20 * 1024 * 1024 + 1;
    await drop(studio, '.form', { files: [{ name: 'big.png', type: 'image/png', size }] });
    await refused.getByText('"big.png" is larger').waitFor();
    assert.ok((await studio.posted()).every(({ type }) => type !== 'addImageFile'));
  });

  it('are shown their place while they are over the form', async () => {
    const studio = await open(stateMessage(draftOf(pro)));
    const place = studio.page.locator('.drop-images .field-images .inputs');
    const transfer = { data: { 'text/uri-list': 'file:///w/a.png' } };
    await dispatch(studio, '#prompt', 'dragover', transfer);
    assert.equal(await place.count(), 1);
    await dispatch(studio, '.form', 'dragleave', transfer);
    assert.equal(await place.count(), 0);
    await dispatch(studio, '#prompt', 'dragover', { data: { 'text/plain': 'a word' } });
    assert.equal(await place.count(), 0, 'a text is for the prompt');
  });

  it('are pasted where the model takes images; a text is pasted as usual', async () => {
    const studio = await open(stateMessage(draftOf(pro)));
    const files = [{ name: 'image.png', type: 'image/png' }];
    assert.equal(await dispatch(studio, '#prompt', 'paste', { files }), 'handled');
    await studio.untilPosted('addImageFile');
    const withText = { files, data: { 'text/plain': 'a word' } };
    assert.equal(await dispatch(studio, '#prompt', 'paste', withText), 'left');
    assert.equal(await dispatch(studio, '#prompt', 'paste', { data: withText.data }), 'left');
    await studio.model.selectOption(textOnly);
    assert.equal(await dispatch(studio, '#prompt', 'paste', { files }), 'left');
  });

  it('are offered in words, with the key that VS Code wants', async () => {
    const studio = await open(stateMessage(draftOf(pro)));
    assert.equal(await studio.page.getByText('hold Shift').isVisible(), true);
    await studio.model.selectOption(textOnly);
    assert.equal(await studio.page.getByText('hold Shift').isVisible(), false);
  });
});

async function drop(studio: StudioPage, selector: string, transfer: Transfer): Promise<void> {
  assert.equal(await dispatch(studio, selector, 'drop', transfer), 'handled');
}

/** Whether the page has taken the event for itself. */
async function dispatch(
  studio: StudioPage,
  selector: string,
  type: string,
  { data = {}, files = [] }: Transfer,
): Promise<'handled' | 'left'> {
  return studio.page.evaluate<'handled' | 'left'>(`(() => {
    const transfer = new DataTransfer();
    for (const [type, text] of Object.entries(${JSON.stringify(data)})) transfer.setData(type, text);
    for (const { name, type, size } of ${JSON.stringify(files)}) {
      const bytes = size === undefined ? Uint8Array.of(1, 2, 3) : new Uint8Array(size);
      transfer.items.add(new File([bytes], name, { type }));
    }
    const init = { bubbles: true, cancelable: true };
    const event = '${type}' === 'paste'
      ? new ClipboardEvent('paste', { ...init, clipboardData: transfer })
      : new DragEvent('${type}', { ...init, dataTransfer: transfer });
    const target = document.querySelector('${selector}');
    return target.dispatchEvent(event) ? 'left' : 'handled';
  })()`);
}
