import assert from 'node:assert/strict';
import { isDroppable, readDropped } from '../../../src/webview/prompt/dropData';

/** What a drop brings, by type; no files. */
function dropOf(data: Readonly<Record<string, string>>): Parameters<typeof readDropped>[0] {
  return {
    types: Object.keys(data),
    files: [],
    getData: (type) => data[type] ?? '',
  };
}

describe('what is dropped on the form', () => {
  it('is an image of the page before anything else', () => {
    const dropped = readDropped(
      dropOf({
        'application/vnd.easel.images+json': '{"imageIds":["job-0","job-1",7]}',
        'text/uri-list': 'file:///w/a.png',
      }),
    );
    assert.deepEqual(dropped, { kind: 'images', imageIds: ['job-0', 'job-1'] });
  });

  it("is a file of VS Code's own lists, whichever way they are written", () => {
    const uris = ['file:///w/a.png', 'file:///w/b%20c.png'];
    const lists = [
      { 'application/vnd.code.uri-list': `${uris.join('\r\n')}\r\n` },
      { resourceurls: JSON.stringify(uris) },
      { 'text/uri-list': `# two files\n${uris.join('\n')}` },
      { 'application/vnd.code.uri-list': uris.join('\n'), resourceurls: JSON.stringify(uris) },
    ];
    for (const list of lists) assert.deepEqual(readDropped(dropOf(list)), { kind: 'uris', uris });
  });

  it('is nothing where it is an address of the web, a path, or broken', () => {
    const useless = [
      { 'text/uri-list': 'https://example.com/a.png' },
      { 'text/uri-list': '/w/a.png' },
      { resourceurls: '["file:///w/a.png"' },
      { 'application/vnd.easel.images+json': '{"imageIds":"job-0"}' },
    ];
    for (const data of useless) assert.equal(readDropped(dropOf(data)), undefined);
  });

  it('is at most as much as one message takes', () => {
    const uris = [...Array(40).keys()].map((at) => `file:///w/${at}.png`);
    const dropped = readDropped(dropOf({ 'text/uri-list': uris.join('\n') }));
    assert.ok(dropped?.kind === 'uris');
    assert.equal(dropped.uris.length, 30);
  });

  it('shows by its types alone that it can be dropped; a mere text cannot', () => {
    assert.equal(isDroppable({ types: ['Files'] }), true);
    assert.equal(isDroppable({ types: ['text/plain', 'resourceurls'] }), true);
    assert.equal(isDroppable({ types: ['text/plain', 'text/html'] }), false);
  });
});
