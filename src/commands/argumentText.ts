import { l10n } from 'vscode';
import type * as z from 'zod/mini';
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
  return joinSentences(issues.flatMap((issue) => sentencesFor(issue, input, names)));
}

function sentencesFor(
  issue: z.core.$ZodIssue,
  input: unknown,
  names: readonly string[],
): readonly string[] {
  if (issue.code === 'unrecognized_keys') {
    return [
      ...issue.keys.map((key) => l10n.t('There is no argument "{0}".', key)),
      l10n.t('The arguments are {0}.', listText(names)),
    ];
  }
  const [key] = issue.path;
  if (key === undefined) return [l10n.t('They must be one object with at least a "prompt".')];
  const name = String(key);
  if (typeof input === 'object' && input !== null && Reflect.get(input, key) === undefined) {
    return [l10n.t('"{0}" is missing.', name)];
  }
  return [typeText(name, issue.code === 'invalid_type' ? issue.expected : undefined)];
}

function typeText(name: string, expected: string | undefined): string {
  switch (expected) {
    case 'string':
      return l10n.t('"{0}" must be a text.', name);
    case 'number':
      return l10n.t('"{0}" must be a number.', name);
    case 'boolean':
      return l10n.t('"{0}" must be true or false.', name);
    default:
      return l10n.t('"{0}" must be a path or a Uri.', name);
  }
}
