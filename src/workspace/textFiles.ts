import * as vscode from 'vscode';
import { atOnce } from '../generation/atOnce';
import { excludedFiles } from '../settings/excludedFiles';

/** Larger files are data. */
const maxBytes = 5 * 1024 * 1024;
/** More at a time do not make it faster. */
const readAtOnce = 16;
/** Without looking into them: what these hold is no text. */
const noText =
  /\.(?:png|jpe?g|webp|gif|bmp|tiff?|ico|icns|avif|heic|psd|pdf|zip|gz|tgz|bz2|xz|7z|rar|jar|war|vsix|mp[34]|m4[av]|mov|avi|mkv|webm|wav|flac|ogg|woff2?|ttf|otf|eot|exe|dll|so|dylib|a|o|obj|lib|class|pyc|wasm|node|bin|dat|db|sqlite3?|parquet|npz?|pt|onnx|safetensors|docx?|xlsx?|pptx?)$/i;

/**
 * Reads the text files of the workspace, several at a time, but for what the settings exclude from the Explorer and the
 * search; then what is open and not saved. Binary files and large ones are left out.
 * @param visit called with each text and the path of its URI
 * @throws vscode.CancellationError
 */
export async function readTextFiles(
  visit: (text: string, path: string) => void,
  token: vscode.CancellationToken,
  report: (done: number, total: number) => void = () => {},
): Promise<void> {
  const found = await vscode.workspace.findFiles('**/*', excludedFiles(), undefined, token);
  const files = found.filter(({ path }) => !noText.test(path));
  const inTurn = atOnce(readAtOnce);
  let done = 0;
  await Promise.all(
    files.map((file) =>
      inTurn(async () => {
        if (token.isCancellationRequested) return;
        for (const text of await readTexts(file)) visit(text, file.path);
        done += 1;
        report(done, files.length);
      }),
    ),
  );
  if (token.isCancellationRequested) throw new vscode.CancellationError();
  for (const document of vscode.workspace.textDocuments) {
    if (document.isDirty || document.isUntitled) visit(document.getText(), document.uri.path);
  }
}

/** None of a file that is too large, binary or not to be read; several where its encoding is not sure. */
async function readTexts(file: vscode.Uri): Promise<readonly string[]> {
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > maxBytes) return [];
    const bytes = await vscode.workspace.fs.readFile(file);
    return await decode(bytes, file);
  } catch {
    return [];
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
