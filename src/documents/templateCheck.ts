import * as vscode from 'vscode';
import { linkSettings } from '../settings/linkSettings';
import type { Logger } from '../util/logger';
import { type TemplateProblem, templateProblem } from './linkTemplates';

/** Names the templates that are not used in the log, now and whenever the setting changes; each of them once. */
export function checkTemplates(logger: Logger): vscode.Disposable {
  const told = new Set<string>();
  const check = (): void => {
    const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri) ?? [undefined];
    for (const folder of folders) {
      for (const [language, template] of Object.entries(linkSettings(folder).templates)) {
        const problem = templateProblem(template);
        if (!problem) continue;
        const line = `The template for ${language} in easel.linkTemplates is not used: ${reasonOf(problem)}.`;
        if (told.has(line)) continue;
        told.add(line);
        logger.warn(line);
      }
    }
  };
  check();
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('easel.linkTemplates')) check();
  });
}

function reasonOf(problem: TemplateProblem): string {
  switch (problem.rule) {
    case 'noText':
      return 'it is no text';
    case 'noPath':
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the variable's name
      return 'it has no ${path}';
    case 'tooLong':
      return `it is longer than ${problem.max} characters`;
    case 'unknown':
      return `there is no variable ${problem.variable.slice(0, 40)}`;
  }
}
