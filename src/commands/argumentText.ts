import { l10n } from 'vscode';
import type * as z from 'zod/mini';
import { type ParameterName, type ParameterSpec, parameterKinds } from '../imageModel/parameters';
import { joinSentences, listText } from '../ui/sentences';

/**
 * What is wrong with a command's argument object, a sentence for each fault; the small zod has no words for it.
 * @param names of all arguments, told where one is unknown
 */
export function argumentText(
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  names: readonly string[],
): string {
  const sentences = issues.flatMap((issue) => sentencesFor(issue, input, names));
  // A list may have the same fault in several entries.
  return joinSentences([...new Set(sentences)]);
}

function sentencesFor(
  issue: z.core.$ZodIssue,
  input: unknown,
  names: readonly string[],
): readonly string[] {
  const [key] = issue.path;
  if (issue.code === 'unrecognized_keys' && key === undefined) {
    return [
      ...issue.keys.map((name) => l10n.t('There is no argument "{0}".', name)),
      l10n.t('The arguments are {0}.', listText(names)),
    ];
  }
  if (key === undefined) return [l10n.t('They must be one object with at least a "prompt".')];
  const name = String(key);
  if (typeof input === 'object' && input !== null && Reflect.get(input, key) === undefined) {
    return [l10n.t('"{0}" is missing.', name)];
  }
  return [issue.code === 'too_big' ? l10n.t('"{0}" is too long.', name) : typeText(name)];
}

/** What an argument that is no parameter must be. */
const otherKinds = new Map<string, ParameterSpec['kind'] | 'place' | 'image' | 'images'>([
  ['n', 'number'],
  ['seed', 'number'],
  ['insert', 'flag'],
  ['folder', 'place'],
  ['images', 'images'],
  ['mask', 'image'],
]);

function typeText(name: string): string {
  switch (isParameter(name) ? parameterKinds[name] : otherKinds.get(name)) {
    case 'number':
      return l10n.t('"{0}" must be a number.', name);
    case 'flag':
      return l10n.t('"{0}" must be true or false.', name);
    case 'colors':
      return l10n.t('"{0}" must be a list of colors such as {1}.', name, '["#1D4ED8"]');
    case 'palette':
      return l10n.t(
        '"{0}" must be a list of colors such as {1}.',
        name,
        '[{"hex": "#1D4ED8", "ratio": 40}]',
      );
    case 'boxes':
      return l10n.t(
        '"{0}" must be a list of areas for each image, such as {1}.',
        name,
        '[[[0, 0, 512, 512]]]',
      );
    case 'place':
      return l10n.t('"{0}" must be a path or a Uri.', name);
    case 'image':
      return l10n.t('"{0}" must be a path, a Uri or an https address.', name);
    case 'images':
      return l10n.t('"{0}" must be a list of paths, Uris or https addresses.', name);
    default:
      return l10n.t('"{0}" must be a text.', name);
  }
}

function isParameter(name: string): name is ParameterName {
  return Object.hasOwn(parameterKinds, name);
}
