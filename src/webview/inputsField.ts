import { formatSize } from '../imageModel/imageSize';
import type { PanelStrings } from '../shared/pageStrings';
import type { PanelInput } from '../shared/panelProtocol';
import { h, icon, iconButton, setAttribute, setText } from './dom';
import { moved } from './draftImages';
import { createField, type Field } from './field';
import { setChildren } from './setChildren';
import { format } from './text';
import { createToolbar } from './toolbar';

/** Input images in their order: added, removed, moved. */
export interface InputsField extends Field {
  show(inputs: readonly PanelInput[], max: number): void;
}

interface InputsFieldParts {
  readonly name: string;
  readonly label: string;
  readonly addLabel: string;
  readonly hint?: string;
  readonly strings: PanelStrings;
  onAdd(): void;
  onChange(ids: readonly string[]): void;
}

type Move = 'left' | 'right';

interface InputTile {
  readonly element: HTMLLIElement;
  show(input: PanelInput, position: number, count: number): void;
  focus(move?: Move): void;
}

/** Makes the field; the order counts, as prompts name the images by it. */
export function createInputsField(parts: InputsFieldParts): InputsField {
  const { name, label, addLabel, hint, strings } = parts;
  let ids: readonly string[] = [];
  const tiles = new Map<string, InputTile>();
  const count = h('span', { class: 'aside' });
  const list = h('ul', { class: 'input-tiles' });
  const addText = h('span', { class: 'add-text' }, addLabel);
  const add = h(
    'button',
    { type: 'button', class: 'add-input', title: addLabel },
    icon('add'),
    addText,
  );
  add.addEventListener('click', parts.onAdd);
  const group = h('div', { class: 'inputs', role: 'group' }, list, add);

  const remove = (id: string): void => {
    const at = ids.indexOf(id);
    const left = ids.filter((other) => other !== id);
    parts.onChange(left);
    const next = left[Math.min(at, left.length - 1)];
    if (next === undefined) add.focus();
    else tiles.get(next)?.focus();
  };
  const move = (id: string, to: Move): void => {
    parts.onChange(moved(ids, id, to === 'left' ? -1 : 1));
    // An element that is moved loses the focus.
    tiles.get(id)?.focus(to);
  };
  const tileOf = (input: PanelInput): InputTile => {
    const { id } = input;
    const known = tiles.get(id);
    if (known) return known;
    const tile = createInputTile(input, strings, {
      onRemove: () => remove(id),
      onMove: (to) => move(id, to),
    });
    tiles.set(id, tile);
    return tile;
  };
  return {
    ...createField({ name, label, labels: 'group', control: group, aside: count, hint }),
    show: (inputs, max) => {
      ids = inputs.map(({ id }) => id);
      for (const id of [...tiles.keys()]) if (!ids.includes(id)) tiles.delete(id);
      setChildren(
        list,
        inputs.map((input) => tileOf(input).element),
      );
      inputs.forEach((input, position) => {
        tileOf(input).show(input, position, inputs.length);
      });
      setAttribute(list, 'hidden', inputs.length === 0);
      setAttribute(add, 'hidden', inputs.length >= max);
      setText(count, max > 1 ? `${inputs.length} / ${max}` : '');
    },
  };
}

function createInputTile(
  first: PanelInput,
  strings: PanelStrings,
  actions: { onRemove(): void; onMove(to: Move): void },
): InputTile {
  const { name, address = name } = first;
  // The caption says the name.
  const picture = h('img', { alt: '', draggable: 'false' });
  const stand = icon('picture', 'stand-in');
  const gone = icon('gone', 'stand-in');
  const number = h('span', { class: 'input-number' });
  const remove = iconButton('close', format(strings.removeInput, name), actions.onRemove);
  const left = iconButton('left', format(strings.moveInputLeft, name), () =>
    actions.onMove('left'),
  );
  const right = iconButton('right', format(strings.moveInputRight, name), () =>
    actions.onMove('right'),
  );
  const toolbar = createToolbar(name, [remove]);
  const caption = h('span', { class: 'file-name' }, name);
  const element = h(
    'li',
    { class: 'input-tile' },
    h('div', { class: 'thumb' }, picture, stand, gone, number, toolbar.element),
    caption,
  );
  let title = address;
  const setPicture = (state: 'there' | 'none' | 'gone'): void => {
    setAttribute(picture, 'hidden', state !== 'there');
    setAttribute(stand, 'hidden', state !== 'none');
    setAttribute(gone, 'hidden', state !== 'gone');
    element.title = state === 'gone' ? `${address}\n${strings.fileGone}` : title;
  };
  setPicture('none');
  picture.addEventListener('error', () => setPicture('gone'));
  picture.addEventListener('load', () => setPicture('there'));
  let shown = '';
  return {
    element,
    show: ({ src, size }, position, count) => {
      title = size ? `${address}\n${formatSize(size)}` : address;
      if (src !== (picture.getAttribute('src') ?? undefined)) {
        setAttribute(picture, 'src', src);
        setPicture(src === undefined ? 'none' : 'there');
      }
      setText(number, count > 1 ? String(position + 1) : '');
      const buttons = [
        ...(position > 0 ? [left] : []),
        remove,
        ...(position < count - 1 ? [right] : []),
      ];
      const key = buttons.map(({ title }) => title).join();
      if (key !== shown) toolbar.setButtons(buttons);
      shown = key;
    },
    focus: (to) => {
      const wanted = to === 'left' ? left : to === 'right' ? right : remove;
      (wanted.isConnected ? wanted : remove).focus();
    },
  };
}
