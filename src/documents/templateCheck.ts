// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of templates
import * as vscode from 'vscode';
import { linkSettings } from '../settings/linkSettings';
import { type TemplateProblem, templateProblem } from './linkTemplates';

/** Says which templates are not used, now and whenever the setting changes; of each once. */
export function checkTemplates(): vscode.Disposable {
  const told = new Set<string>();
  const check = (): void => {
    const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri) ?? [undefined];
    for (const folder of folders) {
      for (const [language, template] of Object.entries(linkSettings(folder).templates)) {
        const problem = templateProblem(template);
        if (!problem) continue;
        const text = vscode.l10n.t(
          'The link template for {0} is not used: {1}.',
          language.slice(0, 40),
          reasonOf(problem),
        );
        if (told.has(text)) continue;
        told.add(text);
        void tell(text);
      }
    }
  };
  check();
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('easel.linkTemplates')) check();
  });
}

async function tell(text: string): Promise<void> {
  const open = vscode.l10n.t('Open Setting');
  if ((await vscode.window.showWarningMessage(text, open)) !== open) return;
  await vscode.commands.executeCommand('workbench.action.openSettings', 'easel.linkTemplates');
}

function reasonOf(problem: TemplateProblem): string {
  switch (problem.rule) {
    case 'noText':
      return vscode.l10n.t('it is no text');
    case 'noPath':
      return vscode.l10n.t('it has no {0}', '${path}');
    case 'tooLong':
      return vscode.l10n.t('it is longer than {0} characters', problem.max);
    case 'unknown':
      return vscode.l10n.t(
        'there is no variable {0}, only {1}',
        `\${${problem.variable.slice(0, 40)}}`,
        '${path}, ${alt}, ${fileName}',
      );
  }
}
