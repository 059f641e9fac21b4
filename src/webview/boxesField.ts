import type { ImageSize } from '../imageModel/imageModel';
import type { Box } from '../imageModel/parameters';
import type { PanelStrings } from '../shared/pageStrings';
import type { PanelInput } from '../shared/panelProtocol';
import { h, iconButton, setAttribute, setDisabled, setText, textButton } from './dom';
import { createField } from './field';
import { createNumberInput } from './numberInput';
import type { ParameterField, ParameterFieldParts } from './parameterField';
import { setChildren } from './setChildren';
import { format } from './text';

/** The boxes of one image. */
interface ImageBoxes {
  readonly element: HTMLElement;
  show(input: PanelInput, position: number, boxes: readonly Box[], max: number): void;
}

/** Makes the field of the boxes: each input image with its boxes, drawn with the pointer or typed as numbers. */
export function createBoxesField(parts: ParameterFieldParts): ParameterField {
  const { name, strings } = parts;
  let inputs: readonly PanelInput[] = [];
  let boxes: readonly (readonly Box[])[] = [];
  const shown: ImageBoxes[] = [];
  const group = h('div', { class: 'boxes', role: 'group' });
  const draw = h('p', { id: `${name}-draw`, class: 'hint' }, strings.drawBoxes);
  const boxesAt = (index: number): ImageBoxes => {
    const known = shown[index];
    if (known) return known;
    const created = createImageBoxes(strings, `${name}-${index}`, (own) => {
      const next = inputs.map((_, at) => (at === index ? own : (boxes[at] ?? [])));
      boxes = next;
      parts.onChange(next.every((each) => each.length === 0) ? undefined : next);
    });
    shown[index] = created;
    return created;
  };
  return {
    ...createField({
      name,
      ...strings.parameters[name],
      labels: 'group',
      control: group,
      describedBy: draw.id,
      body: h('div', { class: 'boxes-body' }, draw, group),
    }),
    show: (spec, value, next) => {
      if (spec.kind !== 'boxes') return;
      inputs = next;
      // One whose size is not known, as in the web, cannot be drawn on.
      const canDraw = inputs.some(({ size }) => size !== undefined);
      setAttribute(draw, 'hidden', !canDraw);
      // The schema of the draft knows no other list of this kind.
      boxes = Array.isArray(value) ? (value as readonly (readonly Box[])[]) : [];
      setChildren(
        group,
        inputs.map((_, index) => boxesAt(index).element),
      );
      inputs.forEach((input, index) => {
        boxesAt(index).show(input, index, boxes[index] ?? [], spec.maxPerImage);
      });
    },
  };
}

function createImageBoxes(
  strings: PanelStrings,
  id: string,
  onChange: (boxes: readonly Box[]) => void,
): ImageBoxes {
  let size: ImageSize | undefined;
  let boxes: readonly Box[] = [];
  let max = 0;
  const title = h('p', { class: 'boxes-title' });
  const picture = h('img', { alt: '', draggable: 'false' });
  const frame = h('div', { class: 'box-frame' }, picture);
  // Each number has a label of its own.
  const sides = strings.boxSides.map((side) => h('span', {}, side));
  const heads = h('div', { class: 'box-heads', 'aria-hidden': 'true' }, ...sides);
  const list = h('ul', { class: 'box-rows' });
  const add = textButton(strings.addBox, 'secondary', () => {
    set([...boxes, middleBox(size)]);
    list.lastElementChild?.querySelector('input')?.focus();
  });
  const element = h('div', { class: 'image-boxes' }, title, frame, heads, list, add);
  const rows: BoxRow[] = [];
  const rectangles: HTMLElement[] = [];

  const set = (next: readonly Box[]): void => {
    boxes = next;
    show();
    onChange(next);
  };
  const rowAt = (index: number): BoxRow => {
    const known = rows[index];
    if (known) return known;
    const row = createBoxRow(strings, `${id}-${index}`, index, {
      onChange: (box) => set(boxes.with(index, box)),
      onRemove: () => {
        set(boxes.toSpliced(index, 1));
        add.focus();
      },
    });
    rows[index] = row;
    return row;
  };
  const rectangleAt = (index: number): HTMLElement => {
    const known = rectangles[index];
    if (known) return known;
    const created = h(
      'div',
      { class: 'box' },
      h('span', { class: 'box-number' }, String(index + 1)),
    );
    rectangles[index] = created;
    return created;
  };
  const show = (): void => {
    setChildren(
      list,
      boxes.map((_, index) => rowAt(index).element),
    );
    boxes.forEach((box, index) => {
      rowAt(index).show(box);
    });
    setAttribute(heads, 'hidden', boxes.length === 0);
    setAttribute(list, 'hidden', boxes.length === 0);
    const isFull = boxes.length >= max;
    setDisabled(add, isFull);
    setAttribute(add, 'title', isFull ? format(strings.mostBoxes, max) : undefined);
    showRectangles(boxes);
  };
  const showRectangles = (drawn: readonly Box[]): void => {
    setChildren<Element>(frame, [picture, ...drawn.map((_, index) => rectangleAt(index))]);
    drawn.forEach((box, index) => {
      if (size) place(rectangleAt(index), box, size);
    });
  };
  drawWithPointer(frame, {
    canDraw: () => size !== undefined && boxes.length < max,
    size: () => size ?? { width: 1, height: 1 },
    onDraw: (box) => showRectangles([...boxes, box]),
    onEnd: (box) => (box ? set([...boxes, box]) : showRectangles(boxes)),
  });
  return {
    element,
    show: (input, position, next, maxPerImage) => {
      size = input.size;
      boxes = next;
      max = maxPerImage;
      setText(title, `${format(strings.boxesOfImage, position + 1)} · ${input.name}`);
      setAttribute(frame, 'hidden', !size);
      frame.style.setProperty('--width', String(size?.width ?? 1));
      frame.style.setProperty('--height', String(size?.height ?? 1));
      setAttribute(picture, 'src', input.src);
      setAttribute(picture, 'hidden', !input.src);
      show();
    },
  };
}

interface BoxRow {
  readonly element: HTMLElement;
  show(box: Box): void;
}

function createBoxRow(
  strings: PanelStrings,
  id: string,
  index: number,
  actions: { onChange(box: Box): void; onRemove(): void },
): BoxRow {
  let box: Box = [0, 0, 0, 0];
  const labels = [strings.boxLeft, strings.boxTop, strings.boxRight, strings.boxBottom];
  const inputs = labels.map((label, side) =>
    createNumberInput({
      id: `${id}-${side}`,
      label: `${index + 1}: ${label}`,
      whenEmpty: 0,
      onInput: (value) => {
        const [left, top, right, bottom] = box.map((old, at) => (at === side ? value : old));
        actions.onChange([left ?? 0, top ?? 0, right ?? 0, bottom ?? 0]);
      },
    }),
  );
  inputs.forEach(({ element }, side) => {
    element.title = labels[side] ?? '';
  });
  const number = h('span', { class: 'box-number', 'aria-hidden': 'true' }, String(index + 1));
  const remove = iconButton('close', format(strings.removeBox, index + 1), actions.onRemove);
  const sides = inputs.map(({ element }) => element);
  return {
    element: h('li', { class: 'box-row' }, number, ...sides, remove),
    show: (next) => {
      box = next;
      inputs.forEach((input, side) => {
        input.setValue(next[side] ?? 0);
      });
    },
  };
}

/** The middle half of an image, to be moved from there. */
function middleBox(size: ImageSize = { width: 1024, height: 1024 }): Box {
  const { width, height } = size;
  return [width / 4, height / 4, (width * 3) / 4, (height * 3) / 4].map(Math.round) as [
    number,
    number,
    number,
    number,
  ]; // map forgets that there are four
}

function place(rectangle: HTMLElement, [x1, y1, x2, y2]: Box, { width, height }: ImageSize): void {
  const percent = (part: number, whole: number): string => `${(part / whole) * 100}%`;
  rectangle.style.left = percent(x1, width);
  rectangle.style.top = percent(y1, height);
  rectangle.style.width = percent(Math.max(0, x2 - x1), width);
  rectangle.style.height = percent(Math.max(0, y2 - y1), height);
}

interface DrawingParts {
  canDraw(): boolean;
  /** Of the image, in its pixels. */
  size(): ImageSize;
  onDraw(box: Box): void;
  /** Undefined for a mere click. */
  onEnd(box: Box | undefined): void;
}

/** In pixels of the screen: less than this is a click. */
const leastDrag = 4;

function drawWithPointer(frame: HTMLElement, parts: DrawingParts): void {
  let start: { x: number; y: number } | undefined;
  const boxTo = ({ clientX, clientY }: PointerEvent): Box | undefined => {
    if (!start) return undefined;
    const isClick =
      Math.abs(clientX - start.x) < leastDrag || Math.abs(clientY - start.y) < leastDrag;
    if (isClick) return undefined;
    const { left, top, width, height } = frame.getBoundingClientRect();
    const size = parts.size();
    const across = (x: number): number =>
      Math.round(Math.min(1, Math.max(0, (x - left) / width)) * size.width);
    const down = (y: number): number =>
      Math.round(Math.min(1, Math.max(0, (y - top) / height)) * size.height);
    const xs = [across(start.x), across(clientX)] as const;
    const ys = [down(start.y), down(clientY)] as const;
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  };
  frame.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !parts.canDraw()) return;
    event.preventDefault();
    frame.setPointerCapture(event.pointerId);
    start = { x: event.clientX, y: event.clientY };
  });
  frame.addEventListener('pointermove', (event) => {
    const box = boxTo(event);
    if (box) parts.onDraw(box);
  });
  const end = (box: Box | undefined): void => {
    if (!start) return;
    start = undefined;
    parts.onEnd(box);
  };
  frame.addEventListener('pointerup', (event) => end(boxTo(event)));
  frame.addEventListener('pointercancel', () => end(undefined));
}
