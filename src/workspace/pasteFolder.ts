import { variable } from './template';

/** The extensions that save pasted images in a folder of their own setting, `<section>.path`. */
export const pasteExtensions: readonly {
  readonly section: string;
  /** Easel's variables by the extension's. */
  readonly variables: Readonly<Record<string, string>>;
}[] = [
  {
    // Paste Image, mushan.vscode-paste-image
    section: 'pasteImage',
    variables: {
      currentFileDir: variable('documentDirName'),
      projectRoot: variable('documentWorkspaceFolder'),
      currentFileName: variable('documentFileName'),
      currentFileNameWithoutExt: variable('documentBaseName'),
    },
  },
  {
    // Markdown Paste, telesoho.vscode-markdown-paste-image
    section: 'MarkdownPaste',
    variables: {
      workspaceRoot: variable('documentWorkspaceFolder'),
      workspaceFolder: variable('documentWorkspaceFolder'),
      fileWorkspaceFolder: variable('documentWorkspaceFolder'),
      fileDirname: variable('documentDirName'),
      relativeFileDirname: variable('documentRelativeDirName'),
      fileBasename: variable('documentFileName'),
      fileBasenameNoExtension: variable('documentBaseName'),
      fileExtname: `.${variable('documentExtName')}`,
    },
  },
];

/**
 * The folder of such an extension as a value of Easel's assets folder setting; undefined where that cannot say it, as
 * with a path of this machine or a time of day. A relative path starts at the document there.
 */
export function pasteFolderTemplate(
  path: string,
  variables: Readonly<Record<string, string>>,
): string | undefined {
  const slashed = path.trim().replaceAll('\\', '/');
  const filled = slashed.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => variables[name] ?? '\0');
  if (filled === '' || filled.includes('\0') || /\$\{(?!document\w+\})/.test(filled))
    return undefined;
  if (/^(?:[/~]|[a-z]:)/i.test(filled)) return undefined;
  const clean = filled.replace(/^(?:\.\/+)+|^\.$/, '').replace(/\/+$/, '');
  const folder = variable('documentWorkspaceFolder');
  if (clean.startsWith(`${folder}/`)) return clean.slice(folder.length + 1);
  if (clean === folder) return '.';
  const start = variable('documentDirName');
  if (clean.startsWith(start)) return clean;
  return clean === '' ? start : `${start}/${clean}`;
}
