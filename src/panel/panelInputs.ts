import { type InputImage, isWebImage } from '../imageModel/inputImage';
import type { Draft, PanelInput } from '../shared/panelProtocol';
import type { InputFiles } from '../workspace/inputFiles';
import type { InputShelf } from './inputShelf';

/** Tells the page of input images, and knows the facts of their files. */
export class PanelInputs {
  constructor(
    private readonly shelf: InputShelf,
    private readonly files: Pick<InputFiles, 'inspect'>,
    /** Undefined for a file that the page may not show. */
    private readonly sourceOf: (uri: string) => string | undefined,
  ) {}

  /**
   * Looks at the files that nothing is known of yet, as after a reload. One that cannot be read stays unknown: the page
   * shows that its picture is gone, and the check says so.
   */
  async learn(draft: Draft | undefined): Promise<void> {
    const unknown = idsOf(draft).flatMap((id) => {
      const image = this.shelf.find(id);
      return image && isUnknown(image) ? [image] : [];
    });
    const known = await Promise.allSettled(unknown.map((image) => this.files.inspect(image)));
    for (const result of known) if (result.status === 'fulfilled') this.shelf.learn(result.value);
  }

  /** @throws ImageGenerationError for a file that cannot be read */
  async add(images: readonly InputImage[]): Promise<readonly PanelInput[]> {
    const inspected = await Promise.all(images.map((image) => this.files.inspect(image)));
    return inspected.map((image) => this.#toPanel(this.shelf.idOf(image), image));
  }

  /** Those that a draft names, as far as they are on the shelf. */
  of(draft: Draft | undefined): readonly PanelInput[] {
    return idsOf(draft).flatMap((id) => {
      const image = this.shelf.find(id);
      return image ? [this.#toPanel(id, image)] : [];
    });
  }

  /** The name of an input image whose file could not be read. */
  unreadable(draft: Draft, field: 'images' | 'mask', position: number): string | undefined {
    const id = field === 'images' ? draft.images[position] : draft.mask;
    const image = id ? this.shelf.find(id) : undefined;
    return image && isUnknown(image) ? nameOf(image) : undefined;
  }

  #toPanel(id: string, image: InputImage): PanelInput {
    const { uri, size } = image;
    const isWeb = isWebImage(image);
    const src = isWeb ? undefined : this.sourceOf(uri);
    return {
      ...{ id, name: nameOf(image) },
      ...(isWeb && { address: uri }),
      ...(src && { src }),
      ...(size && { size }),
    };
  }
}

function idsOf(draft: Draft | undefined): readonly string[] {
  if (!draft) return [];
  return draft.mask === null ? draft.images : [...draft.images, draft.mask];
}

function isUnknown(image: InputImage): boolean {
  return !isWebImage(image) && image.byteLength === undefined;
}

/** The file's name, also of an address; its host where it has none. */
function nameOf({ uri }: InputImage): string {
  const { pathname, hostname } = URL.parse(uri) ?? { pathname: uri, hostname: '' };
  const name = pathname.slice(pathname.lastIndexOf('/') + 1);
  try {
    // A pasted image is called by the hash of its bytes, which nobody reads to its end.
    const readable = name.replace(/^([\da-f]{8})[\da-f]{56}(?=\.)/, '$1');
    return decodeURIComponent(readable) || hostname || uri;
  } catch {
    return name; // an address may hold a bare percent sign
  }
}
