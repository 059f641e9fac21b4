import { l10n } from 'vscode';
import type { BuiltInStyleId } from './builtInStyles';
import type { StyleProblem } from './readStyles';

/** The names of the built-in styles in the language of VS Code. */
export function builtInStyleNames(): Readonly<Record<BuiltInStyleId, string>> {
  return {
    photo: l10n.t('Photo'),
    watercolor: l10n.t('Watercolor'),
    flatIllustration: l10n.t('Flat Illustration'),
    lineDrawing: l10n.t('Line Drawing'),
    isometric: l10n.t('Isometric 3D'),
    pixelArt: l10n.t('Pixel Art'),
    inkWash: l10n.t('Ink Wash'),
    paperCut: l10n.t('Paper Cut'),
    appIcon: l10n.t('App Icon'),
    blueprint: l10n.t('Blueprint'),
  };
}

/** A sentence on what is wrong with styles. @param source the file or the setting that they are in */
export function styleProblemText(problem: StyleProblem, source: string): string {
  switch (problem.rule) {
    case 'noJson':
      return l10n.t('{0} is not valid JSON, so its styles are not used.', source);
    case 'noStyles':
      return l10n.t('{0} needs an object "styles" with a text for each name.', source);
    case 'tooMany':
      return l10n.t('{0} has more than {1} styles; the others are not used.', source, problem.max);
    case 'noText':
      return l10n.t(
        'The style "{0}" in {1} needs a name and a text, or an object with "prompt".',
        problem.name,
        source,
      );
    case 'noSlot':
      return l10n.t(
        'The style "{0}" in {1} needs {prompt} where the typed prompt goes.',
        problem.name,
        source,
      );
    case 'manySlots':
      return l10n.t('The style "{0}" in {1} has {prompt} more than once.', problem.name, source);
    case 'tooLong':
      return l10n.t(
        'The style "{0}" in {1} is longer than {2} characters.',
        problem.name.slice(0, 40),
        source,
        problem.max,
      );
  }
}
