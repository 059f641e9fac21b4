import * as vscode from 'vscode';
import { atOnce } from '../generation/atOnce';
import { excludedFiles } from '../settings/excludedFiles';

const megabyte = 1024 * 1024;
/** Larger files are data. */
const maxBytes = 5 * megabyte;
/** Notebooks are text however much they have put out. Larger ones would fill the memory. */
const maxNotebookBytes = 64 * megabyte;
/** More at a time do not make it faster. */
const readAtOnce = 16;
/** Without looking into them: what these hold is no text. */
const noText =
  /\.(?:png|jpe?g|webp|gif|bmp|tiff?|ico|icns|avif|heic|psd|pdf|zip|gz|tgz|bz2|xz|7z|rar|jar|war|vsix|mp[34]|m4[av]|mov|avi|mkv|webm|wav|flac|ogg|woff2?|ttf|otf|eot|exe|dll|so|dylib|a|o|obj|lib|class|pyc|wasm|node|bin|dat|db|sqlite3?|parquet|npz?|pt|onnx|safetensors|docx?|xlsx?|pptx?)$/i;

/** Texts of the workspace cannot be read, so that nobody knows what stands in them. */
export class TextsUnread extends Error {
  /** @param file one of them; undefined where none was found at all */
  constructor(readonly file: vscode.Uri | undefined) {
    super(`Not read: ${file?.path ?? 'any file'}`);
  }
}

/**
 * Reads the text files of the workspace, several at a time, but for what the settings exclude from the Explorer and the
 * search; then what is open and not saved. Binary files and large ones are left out.
 * @param visit called with each text and the path of its URI
 * @throws vscode.CancellationError, and TextsUnread when a text may have been missed
 */
export async function readTextFiles(
  visit: (text: string, path: string) => void,
  token: vscode.CancellationToken,
  report: (done: number, total: number) => void = () => {},
): Promise<void> {
  const found = await vscode.workspace.findFiles('**/*', excludedFiles(), undefined, token);
  if (token.isCancellationRequested) throw new vscode.CancellationError();
  // Not every file system can be searched.
  if (found.length === 0) throw new TextsUnread(undefined);
  const files = found.filter(({ path }) => !noText.test(path));
  const inTurn = atOnce(readAtOnce);
  let done = 0;
  let unread: vscode.Uri | undefined;
  await Promise.all(
    files.map((file) =>
      inTurn(async () => {
        if (token.isCancellationRequested || unread) return;
        const texts = await readTexts(file);
        if (texts) for (const text of texts) visit(text, file.path);
        else unread = file;
        done += 1;
        report(done, files.length);
      }),
    ),
  );
  if (token.isCancellationRequested) throw new vscode.CancellationError();
  if (unread) throw new TextsUnread(unread);
  for (const document of vscode.workspace.textDocuments) {
    if (document.isDirty || document.isUntitled) visit(document.getText(), document.uri.path);
  }
}

/** None of data, and of what is gone; several where its encoding is not sure; undefined for what cannot be read. */
async function readTexts(file: vscode.Uri): Promise<readonly string[] | undefined> {
  const isNotebook = /\.ipynb$/i.test(file.path);
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (!isNotebook && size > maxBytes) return [];
    if (size > maxNotebookBytes) return undefined;
    return await decode(await vscode.workspace.fs.readFile(file), file);
  } catch (error) {
    const isGone = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    return isGone ? [] : undefined;
  }
}

async function decode(bytes: Uint8Array, uri: vscode.Uri): Promise<readonly string[]> {
  const isUtf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!isUtf16) {
    if (bytes.subarray(0, 8000).includes(0)) return [];
    try {
      return [new TextDecoder('utf-8', { fatal: true }).decode(bytes)];
    } catch {
      // As VS Code opens it, and as Chinese ones often are.
    }
  }
  const opened = await vscode.workspace.decode(bytes, { uri });
  return isUtf16 ? [opened] : [opened, new TextDecoder('gb18030').decode(bytes)];
}
