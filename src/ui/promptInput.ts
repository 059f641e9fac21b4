import * as vscode from 'vscode';
import type { RequestIssue } from '../imageModel/requestRules';
import { issueText } from './issueText';

/** What the box shows. */
export interface PromptInputOptions {
  /** Names model, size and number, so that a person knows what Enter starts. */
  readonly title: string;
  readonly value: string;
  /** Below the box; and an example, while it is empty. */
  readonly hint: string;
  readonly example: string;
  /** What the rules say of a text, errors first. */
  readonly check: (prompt: string) => readonly RequestIssue[];
}

/** What the person decided: a prompt, or to go to another place first; undefined when the box was left. */
export type PromptAnswer = { readonly prompt: string } | 'selectModel' | 'openStudio' | undefined;

/** Asks for a prompt; says while typing what is wrong with it, and does not accept an empty one. */
export function askPrompt(options: PromptInputOptions): Promise<PromptAnswer> {
  const box = vscode.window.createInputBox();
  const modelButton: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('settings-gear'),
    tooltip: vscode.l10n.t('Select Model'),
  };
  const studioButton: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('paintcan'),
    tooltip: vscode.l10n.t('Open Studio'),
  };
  box.title = options.title;
  box.prompt = options.hint;
  box.placeholder = options.example;
  box.value = options.value;
  box.valueSelection = [0, options.value.length];
  box.buttons = [modelButton, studioButton];
  box.ignoreFocusOut = true;
  const showIssue = (issue: RequestIssue | undefined): void => {
    box.validationMessage = issue && {
      message: issueText(issue),
      severity:
        issue.severity === 'error'
          ? vscode.InputBoxValidationSeverity.Error
          : vscode.InputBoxValidationSeverity.Warning,
    };
  };
  return new Promise((resolve) => {
    const answer = (value: PromptAnswer): void => {
      resolve(value);
      box.dispose();
    };
    // An empty box is not scolded before Enter.
    box.onDidChangeValue((value) => showIssue(value === '' ? undefined : options.check(value)[0]));
    box.onDidAccept(() => {
      const [issue] = options.check(box.value);
      if (issue?.severity === 'error') showIssue(issue);
      else answer({ prompt: box.value.trim() });
    });
    box.onDidTriggerButton((button) =>
      answer(button === modelButton ? 'selectModel' : 'openStudio'),
    );
    box.onDidHide(() => answer(undefined));
    box.show();
  });
}
