import * as vscode from 'vscode';

/**
 * What VS Code's `markdown.copyFiles.destination` says for a document, by patterns. VS Code heeds a workspace's value in
 * Restricted Mode too; Easel does not, as it would let a workspace that nobody trusts choose where paid images go and
 * have its regular expressions run.
 */
export function copyDestinations(document: vscode.Uri): Readonly<Record<string, unknown>> {
  const configuration = vscode.workspace.getConfiguration('markdown', document);
  const name = 'copyFiles.destination';
  const value: unknown = vscode.workspace.isTrusted
    ? configuration.get(name)
    : configuration.inspect(name)?.globalValue;
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
