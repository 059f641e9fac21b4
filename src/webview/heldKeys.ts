/** A key that goes down. */
export interface KeyPress {
  readonly key: string;
  /** Sent again because the key is still down. */
  readonly repeat: boolean;
  /** Whether the focus is on a button. */
  readonly isOnButton: boolean;
}

/**
 * Tells the repeats that have to be ignored: a held Enter would click its button again and again, or type into what
 * the first click put the focus on. Wants to see every press, in order.
 */
export function createHeldKeyFilter(): (press: KeyPress) => boolean {
  let beganOnButton = false;
  return ({ key, repeat, isOnButton }) => {
    if (!repeat) beganOnButton = isOnButton;
    return repeat && (beganOnButton || isOnButton) && (key === 'Enter' || key === ' ');
  };
}
