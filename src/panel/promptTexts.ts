import { l10n } from 'vscode';
import type { PromptStrings } from '../shared/promptProtocol';

/** The texts of the tools around the prompt in the language of VS Code. */
export function promptTexts(): PromptStrings {
  return {
    style: l10n.t('Prompt Style'),
    noStyle: l10n.t('No Style'),
    styleSources: {
      builtIn: l10n.t('Built In'),
      project: l10n.t('Project Styles'),
      user: l10n.t('Your Styles'),
    },
    editStyles: l10n.t('Edit Project Styles…'),
    styleGone: l10n.t('This style is no longer there; the prompt is sent as typed.'),
    willBeSent: l10n.t('Will be sent:'),
    willBeRewritten: l10n.t('The service will rewrite the prompt.'),
    earlierPrompts: l10n.t('Earlier Prompts…'),
    savePrompt: l10n.t('Save Prompt'),
    promptSaved: l10n.t('Prompt saved'),
    promptRemoved: l10n.t('Prompt removed from the saved ones'),
    keepSeed: l10n.t('Keep This Seed'),
    rollSeed: l10n.t('Roll a New Seed'),
    dropHint: l10n.t('Paste or drop images. From VS Code, hold Shift.'),
    fileTooLarge: l10n.t('"{0}" is larger than 20 MB, which no model takes.'),
    fileNoImage: l10n.t('"{0}" is not an image that Easel can read.'),
  };
}
