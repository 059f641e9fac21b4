import assert from 'node:assert/strict';
import { panelHtml } from '../../../src/panel/panelHtml';
import type { PanelStrings } from '../../../src/shared/pageStrings';

// The document needs the title; what else is in the texts is passed through.
const strings = { title: 'A & B', prompt: '</script><script>alert(1)</script>' } as PanelStrings;

const html = panelHtml({
  cspSource: 'https://*.example.test',
  nonce: 'bm9uY2U+/w==',
  scriptUri: 'https://x.example.test/a.js?a=1&b="2"',
  styleUris: ['https://x.example.test/a.css'],
  language: 'zh-cn',
  strings,
});

describe('the document of the page', () => {
  it('forbids everything but its own style, script and images', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    assert.deepEqual(policy?.split('; '), [
      "default-src 'none'",
      'img-src https://*.example.test',
      'style-src https://*.example.test',
      'font-src https://*.example.test',
      "script-src 'nonce-bm9uY2U+/w=='",
    ]);
  });

  it('has one script that runs, with the nonce, and nothing inline', () => {
    const scripts = html.match(/<script[^>]*>/g);
    assert.deepEqual(scripts, [
      '<script type="application/json" id="strings">',
      '<script nonce="bm9uY2U+/w==" src="https://x.example.test/a.js?a=1&amp;b=&quot;2&quot;" defer>',
    ]);
    assert.doesNotMatch(html, / style=| on\w+=|<style/);
  });

  it('carries the texts as data that cannot end their element', () => {
    const data = /id="strings">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    assert.doesNotMatch(data, /</);
    assert.deepEqual(JSON.parse(data), strings);
  });

  it('is in the language of the editor', () => {
    assert.match(html, /<html lang="zh-cn">/);
    assert.match(html, /<title>A &amp; B<\/title>/);
  });
});
