import { maxPastedBytes } from '../../shared/pastedBytes';
import type { PromptStrings } from '../../shared/promptProtocol';
import { format } from '../text';
import { type Dropped, isDroppable, readDropped } from './dropData';
import type { PromptMessage } from './promptTools';

interface ImageDropsParts {
  /** Where images can be dropped and pasted. */
  readonly form: HTMLElement;
  /** What is dropped here is a mask. */
  readonly mask: HTMLElement;
  readonly strings: PromptStrings;
  /** Whether the model takes images. */
  takesImages(): boolean;
  post(message: PromptMessage): void;
  /** Says why a file was not taken. */
  onRefused(text: string): void;
}

type Target = 'images' | 'mask';

/** Browsers tell of a drag that stays every 350 ms at least. */
const quietMs = 700;

/** Takes images that are dropped on the form, from the page, from VS Code or from outside, and those that are pasted. */
export function acceptImages(parts: ImageDropsParts): void {
  const { form, mask, strings, post } = parts;
  const targetOf = ({ target }: Event): Target =>
    target instanceof Node && mask.contains(target) ? 'mask' : 'images';
  const setHighlight = (target: Target | undefined): void => {
    form.classList.toggle('drop-images', target === 'images');
    form.classList.toggle('drop-mask', target === 'mask');
  };

  const sendFile = async (file: File, target: Target): Promise<void> => {
    const name = file.name.slice(-200);
    if (!file.type.startsWith('image/')) return parts.onRefused(format(strings.fileNoImage, name));
    if (file.size > maxPastedBytes) return parts.onRefused(format(strings.fileTooLarge, name));
    const bytes = new Uint8Array(await file.arrayBuffer());
    post({ type: 'addImageFile', target, name, bytes });
  };
  const sendFiles = async (files: readonly File[], target: Target): Promise<void> => {
    // One after the other: their order counts.
    for (const file of files)
      await sendFile(file, target).catch(() => {
        parts.onRefused(format(strings.fileNoImage, file.name));
      });
  };
  const send = (dropped: Dropped, target: Target): void => {
    switch (dropped.kind) {
      case 'images':
        post({ type: 'addImages', target, imageIds: [...dropped.imageIds] });
        return;
      case 'uris':
        post({ type: 'addDroppedFiles', target, uris: [...dropped.uris] });
        return;
      case 'files':
        void sendFiles(dropped.files, target);
    }
  };

  let quiet: number | undefined;
  const onDrag = (event: DragEvent): void => {
    const { dataTransfer } = event;
    if (!dataTransfer || !isDroppable(dataTransfer)) return;
    // Without this nothing can be dropped.
    event.preventDefault();
    dataTransfer.dropEffect = 'copy';
    setHighlight(targetOf(event));
    // A drag that leaves the page quickly says nothing: while it is over the form, it says so again and again.
    clearTimeout(quiet);
    quiet = window.setTimeout(() => setHighlight(undefined), quietMs);
  };
  form.addEventListener('dragenter', onDrag);
  form.addEventListener('dragover', onDrag);
  form.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && form.contains(relatedTarget))) setHighlight(undefined);
  });
  form.addEventListener('drop', (event) => {
    const { dataTransfer } = event;
    setHighlight(undefined);
    if (!dataTransfer || !isDroppable(dataTransfer)) return;
    // Or the address would be typed into the prompt.
    event.preventDefault();
    const dropped = readDropped(dataTransfer);
    if (dropped) send(dropped, targetOf(event));
  });
  form.addEventListener('paste', (event) => {
    const { clipboardData } = event;
    if (!clipboardData || !parts.takesImages()) return;
    // Office copies a picture along with each text.
    if (clipboardData.getData('text/plain').trim() !== '') return;
    const files = [...clipboardData.files].filter(({ type }) => type.startsWith('image/'));
    if (files.length === 0) return;
    event.preventDefault();
    void sendFiles(files, targetOf(event));
  });
}
