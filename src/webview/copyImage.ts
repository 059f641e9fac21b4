const retryMs = 20;
const maxTries = 100;

/**
 * Puts a picture on the clipboard, as the PNG that every other program reads. VS Code has no way to do this from the host.
 * @returns false where the file is gone or the browser refuses
 */
export async function copyImage(src: string): Promise<boolean> {
  try {
    const picture = new Image();
    picture.crossOrigin = 'anonymous';
    picture.src = src;
    await picture.decode();
    await untilFocused();
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(picture) })]);
    return true;
  } catch {
    return false;
  }
}

async function pngOf(picture: HTMLImageElement): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the picture is too large for a canvas');
  return blob;
}

/** The clipboard is for the page that has the focus, which a menu takes away for a moment. */
async function untilFocused(): Promise<void> {
  window.focus();
  for (let tries = 0; tries < maxTries && !document.hasFocus(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}
