import { createHeldKeyFilter } from './heldKeys';

/** Keeps keys that are held from pressing buttons on the whole page. */
export function ignoreHeldKeys(): void {
  const isHeld = createHeldKeyFilter();
  document.addEventListener(
    'keydown',
    (event) => {
      const { key, repeat, target } = event;
      const isOnButton = target instanceof Element && target.closest('button') !== null;
      if (isHeld({ key, repeat, isOnButton })) event.preventDefault();
    },
    { capture: true },
  );
}
