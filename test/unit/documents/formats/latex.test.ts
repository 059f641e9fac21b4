import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { linkFormatFor } from '../../../../src/documents/linkFormats';
import { haveTools } from '../../otherTools';
import { awkwardCases } from '../awkwardCases';
import { onePixel } from './onePixel';

/** TeX's own file search reads quotation marks, variables and alternatives its own way. */
const cases = awkwardCases.filter(({ path }) => !/["$]|\{[^}]*,[^{]*\}/.test(path));
const format = linkFormatFor('latex');

// Texts are written to the log as they would be typeset: the commands for signs stand for the signs.
const preamble = String.raw`\documentclass{article}
\usepackage{graphicx}
\makeatletter
\newcommand\signs{%
  \def\textbackslash##1{\@backslashchar}\def\textasciitilde##1{\string~}\def\textasciicircum##1{\string^}%
  \def\%{\@percentchar}\def\#{\string####}\def\&{\string&}\def\_{\string_}\def\${\string$}%
  \def\{{\string{\iffalse}\fi}\def\}{\iffalse{\fi\string}}}
\define@key{Gin}{alt}{{\signs\typeout{TEXT #1 END}}}
\makeatother
\begin{document}
`;

describe('images with awkward names and texts in LaTeX', () => {
  let folder = '';
  before(function () {
    if (!haveTools([['pdflatex', '--version']])) return this.skip();
    folder = mkdtempSync(join(tmpdir(), 'easel-latex-'));
    for (const { path } of cases) {
      const file = join(folder, 'a/b', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, onePixel);
    }
  });
  after(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  /** The log of one run, each message on a line of its own. */
  function run(body: string): string {
    const cwd = join(folder, 'a/b');
    writeFileSync(join(cwd, 'easelMain.tex'), `${preamble}${body}\n\\end{document}\n`);
    const options = ['-interaction=nonstopmode', '-halt-on-error', 'easelMain.tex'];
    try {
      execFileSync('pdflatex', options, {
        cwd,
        env: { ...process.env, max_print_line: '100000', openout_any: 'a' },
        stdio: 'pipe',
      });
    } catch {
      const log = readFileSync(join(cwd, 'easelMain.log'), 'utf8');
      assert.fail(log.slice(log.indexOf('\n!') - 600).slice(0, 2000));
    }
    return readFileSync(join(cwd, 'easelMain.log'), 'utf8');
  }

  it('are opened by pdfTeX, which reads their texts back', function () {
    this.timeout(120_000);
    assert.ok(cases.length >= 200);
    const links = cases.map(
      ({ path, altText }, index) => `\\typeout{CASE ${index}}${format.link(path, altText)}\n`,
    );
    const log = run(links.join('\n'));
    for (const [index, { path, altText }] of cases.entries()) {
      const start = log.indexOf(`CASE ${index}\n`);
      const part = log.slice(start, log.indexOf(`CASE ${index + 1}\n`, start));
      const [, opened] = /^File: (?:\.\/)?(.*) Graphic file/m.exec(part) ?? [];
      assert.equal(opened, path, part);
      assert.ok(part.includes(`TEXT ${altText} END`), `${altText}\n${part}`);
    }
  });
});
