// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of templates
import assert from 'node:assert/strict';
import { linkFormatFor } from '../../../src/documents/linkFormats';
import { templateFor, templateProblem, withTemplate } from '../../../src/documents/linkTemplates';

function written(languageId: string, template: string, path: string, altText: string): string {
  return withTemplate(linkFormatFor(languageId), template).link(path, altText);
}

describe('a template of links', () => {
  it('has the path, the text and the file’s name, escaped for its language', () => {
    const path = 'a b/"1".png';
    const html =
      '<figure><img src="${path}"><figcaption>${alt} (${fileName})</figcaption></figure>';
    assert.equal(
      written('html', html, path, 'R&D <b>'),
      '<figure><img src="a%20b/%221%22.png"><figcaption>R&amp;D &lt;b&gt; (&quot;1&quot;.png)</figcaption></figure>',
    );
    const latex = '\\begin{figure}\n\\includegraphics{${path}}\n\\caption{${alt}}\n\\end{figure}';
    assert.equal(
      written('latex', latex, 'a/50%.png', '5 $ & {x}'),
      '\\begin{figure}\n\\includegraphics{a/50\\string\\%.png}\n\\caption{5 \\$ \\& \\{x\\}}\n\\end{figure}',
    );
    assert.equal(
      written('markdown', '{{< figure src="${path}" alt="${alt}" >}}', 'a b.png', 'x [y]'),
      '{{< figure src="a%20b.png" alt="x [y]" >}}',
    );
  });

  it('has texts in quotes of a shortcode or a tag in Markdown as these want them', () => {
    const text = 'A "tiny" snail & [moss]';
    const short = '{{< figure src="${path}" alt="${alt}" >}}';
    assert.equal(
      written('markdown', short, 'a.png', text),
      '{{< figure src="a.png" alt="A \\"tiny\\" snail & [moss]" >}}',
    );
    assert.equal(
      written('markdown', "{% image '${path}', '${alt}' %} ${alt}", 'a.png', "it's [x]"),
      "{% image 'a.png', 'it\\'s [x]' %} it's \\[x\\]",
    );
    const tag = '<img src="${path}" title=\'x\' alt="${alt}">*${alt}*';
    assert.equal(
      written('markdown', tag, 'a&b.png', text),
      '<img src="a&amp;b.png" title=\'x\' alt="A &quot;tiny&quot; snail &amp; [moss]">*A "tiny" snail & \\[moss\\]*',
    );
    assert.equal(
      written('mdx', '<Figure src="${path}" alt="${alt}" />', 'a.png', text),
      '<Figure src="a.png" alt="A &quot;tiny&quot; snail &amp; [moss]" />',
    );
  });

  it('puts nothing into what it has put in', () => {
    assert.equal(
      written('plaintext', '${path} ${alt}', '${alt}.png', '$& ${path}'),
      '${alt}.png $& ${path}',
    );
  });

  it('has a dollar sign behind a backslash, and other backslashes as they are', () => {
    assert.equal(
      written('plaintext', 'a\\b \\${path} ${path} $5', 'c.png', ''),
      'a\\b ${path} c.png $5',
    );
  });

  it('has lines of its own where it is of several', () => {
    const format = linkFormatFor('markdown');
    assert.equal(withTemplate(format, '<p>${path}</p>').placement, 'inline');
    assert.equal(withTemplate(format, '<p>\n${path}\n</p>').placement, 'line');
  });

  it('is that of the language, else that of all', () => {
    const templates = { '*': 'a ${path}', html: 'b ${path}', css: 'no path', rst: 1 };
    assert.equal(templateFor(templates, 'html'), 'b ${path}');
    assert.equal(templateFor(templates, 'markdown'), 'a ${path}');
    assert.equal(templateFor(templates, 'css'), 'a ${path}');
    assert.equal(templateFor({ html: 'b ${path}' }, 'toString'), undefined);
  });

  it('is refused without a path, with an unknown variable, too long, or where it is no text', () => {
    assert.equal(templateProblem('${path}'), undefined);
    assert.deepEqual(templateProblem('${alt}'), { rule: 'noPath' });
    assert.deepEqual(templateProblem('\\${path}'), { rule: 'noPath' });
    assert.deepEqual(templateProblem('${path} ${width}'), { rule: 'unknown', variable: 'width' });
    assert.deepEqual(templateProblem(['${path}']), { rule: 'noText' });
    assert.equal(templateProblem(`\${path}${' '.repeat(2000)}`)?.rule, 'tooLong');
  });
});
