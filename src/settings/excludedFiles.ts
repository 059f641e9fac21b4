import * as vscode from 'vscode';

/** A glob of what the settings keep out of the Explorer and the search, and of what nobody looks for in. */
export function excludedFiles(): string {
  const excluded = ['files', 'search'].flatMap((section) => {
    const patterns = vscode.workspace
      .getConfiguration(section)
      .get<Readonly<Record<string, unknown>>>('exclude', {});
    return Object.keys(patterns).filter((pattern) => patterns[pattern] === true);
  });
  const all = new Set(['**/node_modules/**', '**/.git/**', ...excluded]);
  return `{${[...all].join(',')}}`;
}
