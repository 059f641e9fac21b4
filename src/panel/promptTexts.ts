import { l10n } from 'vscode';
import type { PromptStrings } from '../shared/promptProtocol';

/** The texts of the tools around the prompt in the language of VS Code. */
export function promptTexts(): PromptStrings {
  return {
    style: l10n.t('Style'),
  };
}
