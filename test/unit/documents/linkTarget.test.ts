import assert from 'node:assert/strict';
import { linkFormatFor } from '../../../src/documents/linkFormats';
import { linkTarget } from '../../../src/documents/linkTarget';

const file = (path: string, authority = '') => ({ scheme: 'file', authority, path });

function target(
  languageId: string,
  document: Parameters<typeof linkTarget>[1],
  image: Parameters<typeof linkTarget>[3],
  textBefore = '',
): string {
  return linkTarget(linkFormatFor(languageId), document, textBefore, image);
}

describe('the path in a link', () => {
  it('is relative to the document', () => {
    const image = file('/w/assets/images/狐 狸.png');
    assert.equal(target('markdown', file('/w/readme.md'), image), 'assets/images/狐 狸.png');
    assert.equal(target('latex', file('/w/a/b/c.tex'), image), '../../assets/images/狐 狸.png');
    const remote = (path: string) => ({ scheme: 'vscode-remote', authority: 'wsl+x', path });
    assert.equal(target('html', remote('/w/a/b.html'), remote('/w/c.png')), '../c.png');
  });

  it('is relative to the images folder that an AsciiDoc document names last', () => {
    const document = file('/w/doc/a.adoc');
    const image = file('/w/assets/images/fox.png');
    const path = (header: string) => target('asciidoc', document, image, header);
    assert.equal(path('= Title\n:imagesdir: ../assets/images\n'), 'fox.png');
    assert.equal(path(':imagesdir: x\r\n\r\n:imagesdir: ../assets \r\n'), 'images/fox.png');
    assert.equal(path(':imagesdir:\n'), '../assets/images/fox.png');
    assert.equal(path(':imagesdir: https://cdn.example/i\n'), '../assets/images/fox.png');
    assert.equal(path(':imagesdir: {root}/i\n'), '../assets/images/fox.png');
  });

  it('is relative to the main document of a LaTeX chapter', () => {
    const image = file('/w/figures/fox.png');
    const path = (text: string) => target('latex', file('/w/chapters/one.tex'), image, text);
    assert.equal(path('% !TEX root = ../main.tex\n\\section{One}\n'), 'figures/fox.png');
    assert.equal(path('%!TeX root=..\\main.tex\r\n'), 'figures/fox.png');
    assert.equal(path('\\section{One}\n'), '../figures/fox.png');
  });

  it('is a URL or a path of the file system where no relative one exists', () => {
    const document = file('/c:/w/readme.md');
    const otherDrive = file('/d:/pics/fox 1.png');
    assert.equal(target('markdown', document, otherDrive), 'file:///d:/pics/fox 1.png');
    assert.equal(target('latex', document, otherDrive), 'd:/pics/fox 1.png');
    assert.equal(target('plaintext', document, file('/x/fox.png', 'nas')), '//nas/x/fox.png');
    assert.equal(target('markdown', document, file('/x/fox.png', 'nas')), 'file://nas/x/fox.png');
    assert.equal(target('plaintext', undefined, file('/home/tom/fox.png')), '/home/tom/fox.png');
    const remote = { scheme: 'vscode-remote', authority: 'wsl+x', path: '/w/fox.png' };
    assert.equal(target('plaintext', document, remote), 'vscode-remote://wsl+x/w/fox.png');
  });
});
