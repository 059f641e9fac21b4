import { open } from 'node:fs/promises';
import * as vscode from 'vscode';

/** The first bytes of a file, so many at most. @throws the file system's error */
export async function readHead(uri: vscode.Uri, length: number): Promise<Uint8Array> {
  // VS Code knows no part of a file.
  if (uri.scheme !== 'file') {
    return (await vscode.workspace.fs.readFile(uri)).subarray(0, length);
  }
  const handle = await open(uri.fsPath);
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(length, size));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
