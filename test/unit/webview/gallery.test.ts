import assert from 'node:assert/strict';
import {
  maxThumbnailBytes as bytesOfHost,
  type GalleryImage,
  galleryFilterSchema,
  maxPageItems as itemsOfHost,
  maxSelected as selectedOfHost,
} from '../../../src/shared/galleryProtocol';
import { commandOf } from '../../../src/webview/gallery/galleryKeys';
import {
  maxPageItems,
  maxSearchLength,
  maxSelected,
  maxThumbnailBytes,
} from '../../../src/webview/gallery/galleryLimits';
import {
  filterOf,
  isFiltering,
  noChoices,
  readGalleryMemory,
} from '../../../src/webview/gallery/galleryMemory';
import {
  extend,
  noSelection,
  selectAll,
  toggle,
} from '../../../src/webview/gallery/gallerySelection';
import { cellsInView, gridLayout, scrollTopFor } from '../../../src/webview/gallery/gridLayout';
import {
  createHistoryItems,
  type HistoryPage,
  type HistoryQuery,
} from '../../../src/webview/gallery/historyItems';

const image = (id: number): GalleryImage => ({
  id: `${id}`,
  jobId: 'job',
  fileName: `${id}.png`,
  size: { width: 1, height: 1 },
  prompt: '',
  modelLabel: '',
  startedAt: 0,
  isFavourite: false,
});

describe('the limits of the gallery', () => {
  it('are those of the contract', () => {
    assert.equal(maxPageItems, itemsOfHost);
    assert.equal(maxSelected, selectedOfHost);
    assert.equal(maxThumbnailBytes, bytesOfHost);
    const filter = filterOf({ ...noChoices, text: 'x'.repeat(maxSearchLength) }, 0);
    assert.ok(galleryFilterSchema.safeParse(filter).success);
    const longer = { ...filter, text: 'x'.repeat(maxSearchLength + 1) };
    assert.ok(!galleryFilterSchema.safeParse(longer).success);
  });
});

describe('what the gallery remembers', () => {
  it('is read back as it was', () => {
    const memory = {
      filter: { ...noChoices, text: 'fox', time: 'week' as const, isFavourite: true },
      scroll: 12,
      details: 'id',
    };
    assert.deepEqual(readGalleryMemory(JSON.parse(JSON.stringify(memory))), memory);
  });

  it('is nothing, or its default, where an older page kept something else', () => {
    assert.equal(readGalleryMemory('text'), undefined);
    assert.equal(readGalleryMemory(null), undefined);
    const odd = { filter: { text: 3, time: 'never', shape: [] }, scroll: -1, details: 7 };
    assert.deepEqual(readGalleryMemory(odd), { filter: noChoices, scroll: 0, details: null });
  });

  it('is a time as it was chosen, which begins at midnight for today', () => {
    const now = new Date(2026, 5, 15, 13, 30).getTime();
    const since = (time: 'any' | 'today' | 'year') => filterOf({ ...noChoices, time }, now).since;
    assert.equal(since('any'), null);
    assert.equal(since('today'), new Date(2026, 5, 15).getTime());
    assert.equal(since('year'), new Date(2026, 0, 1).getTime());
  });

  it('does not count blanks as a filter', () => {
    assert.ok(!isFiltering({ ...noChoices, text: '  ' }));
    assert.ok(isFiltering({ ...noChoices, isHere: true }));
  });
});

describe('the layout of the grid', () => {
  it('has two columns in the narrowest sidebar, and fills every width', () => {
    assert.equal(gridLayout(232, 10).columns, 2);
    for (const width of [232, 272, 600, 1160, 1600]) {
      const { columns, step } = gridLayout(width, 10);
      const filled = columns * step - 6;
      assert.ok(filled <= width && filled > width - columns, `${width}`);
    }
  });

  it('knows the cells in view, and has none where there are no images', () => {
    const layout = gridLayout(600, 1000);
    const { columns, step } = layout;
    const view = { top: 10 * step, height: 2 * step - 1, extraRows: 1 };
    assert.deepEqual(cellsInView(layout, 1000, view), {
      first: 9 * columns,
      last: 13 * columns - 1,
    });
    const none = cellsInView(gridLayout(600, 0), 0, { ...view, top: 0 });
    assert.ok(none.last < none.first);
  });

  it('scrolls only as far as a cell needs', () => {
    const layout = gridLayout(600, 1000);
    const view = { top: 2 * layout.step, height: 3 * layout.step };
    assert.equal(scrollTopFor(layout, 3 * layout.columns, view), view.top);
    assert.equal(scrollTopFor(layout, 0, view), 0);
    const below = scrollTopFor(layout, 5 * layout.columns, view);
    assert.equal(below, 5 * layout.step + layout.side - view.height);
  });
});

describe('the selection', () => {
  it('is a range from where it began, which can shrink and turn', () => {
    const ids = (selection: ReturnType<typeof extend>) => [...selection.images.keys()];
    const two = extend(noSelection(5), 7, image);
    assert.deepEqual(ids(two), ['5', '6', '7']);
    assert.deepEqual(ids(extend(two, 4, image)), ['5', '4']);
  });

  it('keeps its order and stops at the most that can be acted on', () => {
    const both = toggle(toggle(noSelection(), image(2), 2), image(1), 1);
    assert.deepEqual([...both.images.keys()], ['2', '1']);
    const all = selectAll(
      Array.from({ length: 700 }, (_, id) => image(id)),
      0,
    );
    assert.equal(all.images.size, maxSelected);
    assert.ok(all.isCut);
  });
});

describe('the keys of the grid', () => {
  const place = { index: 9, count: 11, columns: 4, pageRows: 2, isMac: false };
  const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

  it('leave the last row nowhere but to the last image', () => {
    const to = (key: string, index: number) => {
      const command = commandOf({ ...plain, key }, { ...place, index });
      return command?.type === 'move' ? command.to : undefined;
    };
    assert.equal(to('ArrowDown', 7), 10);
    assert.equal(to('ArrowDown', 9), 9);
    assert.equal(to('ArrowUp', 2), 2);
    assert.equal(to('PageUp', 9), 1);
    assert.equal(to('End', 0), 10);
  });

  it('delete by Backspace with Cmd on a Mac alone', () => {
    const key = { ...plain, key: 'Backspace', metaKey: true };
    assert.deepEqual(commandOf(key, { ...place, isMac: true }), { type: 'delete' });
    assert.equal(commandOf(key, place), undefined);
  });

  it('leave alone what belongs to others', () => {
    assert.equal(commandOf({ ...plain, key: 'f', ctrlKey: true }, place), undefined);
    assert.equal(commandOf({ ...plain, key: 'Tab' }, place), undefined);
    assert.equal(commandOf({ ...plain, key: 'ArrowLeft', altKey: true }, place), undefined);
  });
});

describe('the images that are known', () => {
  const setUp = (total: number) => {
    const queries: HistoryQuery[] = [];
    const items = createHistoryItems((query) => queries.push(query));
    const pageOf = ({ queryId, offset, limit }: HistoryQuery): HistoryPage => ({
      type: 'historyPage',
      queryId,
      offset,
      total,
      items: Array.from({ length: Math.min(limit, total - offset) }, (_, at) => image(offset + at)),
      models: [],
    });
    const answer = (): boolean => {
      const last = queries.at(-1);
      return last !== undefined && items.receive(pageOf(last));
    };
    return { queries, items, answer };
  };

  it('are asked for once, in one query where two pages are in view', () => {
    const { queries, items, answer } = setUp(1000);
    items.need({ first: 90, last: 120 });
    items.need({ first: 91, last: 121 });
    assert.deepEqual(queries, [{ queryId: 1, offset: 0, limit: 200 }]);
    assert.ok(answer());
    items.need({ first: 90, last: 120 });
    assert.equal(queries.length, 1);
    assert.equal(items.at(150)?.id, '150');
    assert.equal(items.indexOf('150'), 150);
  });

  it('are asked for anew where what waits is no longer in view, and the late answer is ignored', () => {
    const { queries, items } = setUp(1000);
    items.need({ first: 0, last: 20 });
    items.need({ first: 500, last: 520 });
    assert.equal(queries.length, 2);
    const late = { queryId: 1, offset: 0, total: 1000, items: [image(0)], models: [] };
    assert.ok(!items.receive({ type: 'historyPage', ...late }));
    assert.equal(items.at(0), undefined);
  });

  it('stay a few thousand, however far one scrolls', () => {
    const { items, answer } = setUp(10_000);
    for (let first = 0; first < 10_000; first += 100) {
      items.need({ first, last: first + 50 });
      answer();
    }
    assert.ok(items.loaded().length <= 3200);
    assert.equal(items.at(0), undefined);
    assert.equal(items.at(9950)?.id, '9950');
  });

  it('are not asked for again and again where there are none', () => {
    const { queries, items, answer } = setUp(0);
    items.need({ first: 0, last: -1 });
    answer();
    items.need({ first: 0, last: -1 });
    assert.equal(queries.length, 1);
  });

  it('stay in view after a change until the new answer is there', () => {
    const { queries, items, answer } = setUp(300);
    items.need({ first: 0, last: 20 });
    answer();
    items.outdate();
    assert.equal(items.at(5)?.id, '5');
    items.need({ first: 0, last: 20 });
    assert.equal(queries.length, 2);
  });
});
