import { existsSync } from 'node:fs';
import path from 'node:path';

const downloads = 'https://update.code.visualstudio.com/api/releases/stable';

/** The desktop build that @vscode/test-electron downloads, or the VS Code server that npm carries. */
export type HostKind = 'desktop' | 'npm';

/**
 * VSCODE_TEST_HOST decides; else it is the desktop build where it is there or can be downloaded and shown, else the npm one.
 * @throws with a sentence that says what is missing.
 */
export async function chooseHost(version: string): Promise<HostKind> {
  const wish = process.env.VSCODE_TEST_HOST;
  if (wish === 'desktop' || wish === 'npm') return wish;
  if (wish) throw new Error(`VSCODE_TEST_HOST is "desktop" or "npm", not "${wish}".`);
  if (hasDisplay() && (isDownloaded(version) || (await isReachable(downloads)))) return 'desktop';
  if (process.platform === 'linux' && process.arch === 'x64') return 'npm';
  throw new Error(
    `There is no VS Code to run: ${hasDisplay() ? `${new URL(downloads).host} cannot be reached` : 'the desktop build needs a display'}, and the one from npm is for linux-x64 only.`,
  );
}

function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

/** @vscode/test-electron's folders are vscode-<platform>-<version>. */
function isDownloaded(version: string): boolean {
  const platforms: readonly string[] =
    process.platform === 'win32'
      ? ['win32-x64-archive', 'win32-arm64-archive']
      : process.platform === 'darwin'
        ? ['darwin', 'darwin-arm64']
        : ['linux-x64', 'linux-arm64', 'linux-armhf'];
  return platforms.some((platform) =>
    existsSync(path.resolve('.vscode-test', `vscode-${platform}-${version}`)),
  );
}

async function isReachable(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}
