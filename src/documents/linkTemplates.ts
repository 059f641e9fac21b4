import { posix } from 'node:path';
import { commentLine } from './formats/comments';
import { htmlAttribute, htmlUrl } from './formats/html';
import type { LinkFormat } from './linkFormats';

/** Why a template is not used. */
export type TemplateProblem =
  | { readonly rule: 'noText' }
  | { readonly rule: 'noPath' }
  | { readonly rule: 'tooLong'; readonly max: number }
  | { readonly rule: 'unknown'; readonly variable: string };

const maxLength = 2000;
/** A dollar sign behind a backslash is one; other backslashes are those of the language. */
const parts = /\\\$|\$\{([^}]*)\}/g;
const variables = ['path', 'alt', 'fileName'];

/** Undefined where a template can be used. */
export function templateProblem(template: unknown): TemplateProblem | undefined {
  if (typeof template !== 'string') return { rule: 'noText' };
  if (template.length > maxLength) return { rule: 'tooLong', max: maxLength };
  const named = Array.from(template.matchAll(parts), ([, variable]) => variable);
  const unknown = named.find((each) => each !== undefined && !variables.includes(each));
  if (unknown !== undefined) return { rule: 'unknown', variable: unknown };
  return named.includes('path') ? undefined : { rule: 'noPath' };
}

/** The template of a language, else that of all languages; one with a problem counts as none. */
export function templateFor(
  templates: Readonly<Record<string, unknown>>,
  languageId: string,
): string | undefined {
  for (const key of [languageId, '*']) {
    const template = Object.hasOwn(templates, key) ? templates[key] : undefined;
    if (typeof template === 'string' && !templateProblem(template)) return template;
  }
  return undefined;
}

/**
 * A language's row with links as a template has them. What is put in is escaped as in the row's own link; in Markdown, as
 * the tag or the shortcode needs it in whose quotes it stands.
 */
export function withTemplate(format: LinkFormat, template: string): LinkFormat {
  const text = template.replace(/\r\n?/g, '\n');
  const isMarkdown = format.languageIds.some((id) => id === 'markdown' || id === 'mdx');
  const link = (path: string, altText: string): string =>
    text.replace(parts, (_, variable: string | undefined, offset: number) => {
      const quoted = isMarkdown ? quotedAt(text.slice(0, offset)) : undefined;
      const inText = quoted ?? format.alt;
      switch (variable) {
        case undefined:
          return '$';
        case 'path':
          return quoted === htmlAttribute ? htmlUrl(path) : format.target(path);
        case 'fileName':
          return inText(commentLine(posix.basename(path)));
        default:
          return inText(altText);
      }
    });
  const isBlock = text.includes('\n') && format.placement === 'inline';
  return { ...format, link, ...(isBlock ? { placement: 'line' } : {}) };
}

const openTag = /<[a-z][\w:.-]*(?:[^"'<>]|"[^"]*"|'[^']*')*["'][^"']*$/i;
const openShortcode = /\{[{%](?:[^"'{}]|"[^"]*"|'[^']*')*(["'])[^"']*$/;

/** How a text is escaped in quotes that are open behind this part of a Markdown template. */
function quotedAt(before: string): ((text: string) => string) | undefined {
  const own = before.replace(parts, '');
  if (openTag.test(own)) return htmlAttribute;
  const [, quote] = openShortcode.exec(own) ?? [];
  if (!quote) return undefined;
  // Strings of Hugo, Nunjucks and Jinja have backslashes.
  return (text) => text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
}
