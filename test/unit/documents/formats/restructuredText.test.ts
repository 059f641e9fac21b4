import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkFormatFor } from '../../../../src/documents/linkFormats';
import { haveTools } from '../../otherTools';
import { awkwardCases } from '../awkwardCases';

/** Reads documents as JSON and writes, for each, its top elements: an image as path and text, others by their names. */
const reader = `
import json, sys
from docutils.core import publish_doctree
from docutils import nodes
found = []
for text in json.load(sys.stdin):
    tree = publish_doctree(text, settings_overrides={'report_level': 2, 'halt_level': 5, 'warning_stream': False})
    elements = []
    for node in tree.children:
        if isinstance(node, nodes.image):
            elements.append([node['uri'], node.get('alt', '')])
        else:
            elements.append(node.tagname)
    found.append(elements)
json.dump(found, sys.stdout)
`;
// Debian's own Python has Debian's docutils, whichever one is first in the path.
const python = '/usr/bin/python3';

function read(documents: readonly string[]): unknown {
  const output = execFileSync(python, ['-c', reader], {
    input: JSON.stringify(documents),
    encoding: 'utf8',
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(output);
}

const format = linkFormatFor('restructuredtext');

describe('images with awkward names and texts in reStructuredText', () => {
  before(function () {
    if (!haveTools([[python, '-c', 'import docutils']])) this.skip();
  });

  it('are read back by docutils as one image between two paragraphs', function () {
    this.timeout(60_000);
    const documents = awkwardCases.map(
      ({ path, altText }) => `before\n\n${format.link(path, altText)}\n\nafter\n`,
    );
    assert.deepEqual(
      read(documents),
      awkwardCases.map(({ path, altText }) => ['paragraph', [path, altText], 'paragraph']),
    );
  });

  it('wait in comments that are not shown', function () {
    this.timeout(60_000);
    const documents = awkwardCases.map(
      ({ altText }) => `before\n\n${format.comment(altText || 'fox')}\n\nafter\n`,
    );
    assert.deepEqual(
      read(documents),
      awkwardCases.map(() => ['paragraph', 'comment', 'paragraph']),
    );
  });
});
