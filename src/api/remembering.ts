const maxEntries = 1_000;

/**
 * Asks and remembers the answer: for `keepMs`, or as long as `keepMsOf` says of it. A failure is not remembered.
 * Those who ask about one key at once share one question, and the oldest entries go first.
 */
export function remembering<Key extends string | number, Value>(
  ask: (key: Key) => Promise<Value>,
  options: {
    readonly keepMs: number;
    readonly keepMsOf?: (value: Value) => number;
    /** Keys that are asked about as one. */
    readonly nameOf?: (key: Key) => string | number;
    readonly now: () => Date;
  },
): (key: Key) => Promise<Value> {
  const { keepMs, keepMsOf = () => keepMs, nameOf = (key: Key) => key, now } = options;
  const known = new Map<string | number, { value: Promise<Value>; untilMs: number }>();

  function remember(name: string | number, value: Promise<Value>, untilMs: number): void {
    known.delete(name);
    const [oldest] = known.keys();
    if (known.size >= maxEntries && oldest !== undefined) known.delete(oldest);
    known.set(name, { value, untilMs });
  }

  return (key) => {
    const name = nameOf(key);
    const nowMs = now().getTime();
    const kept = known.get(name);
    if (kept !== undefined && kept.untilMs > nowMs) return kept.value;
    const asked = ask(key);
    remember(name, asked, nowMs + keepMs);
    asked.then(
      (value) => {
        const ownMs = keepMsOf(value);
        if (ownMs !== keepMs && known.get(name)?.value === asked) remember(name, asked, nowMs + ownMs);
      },
      () => {
        if (known.get(name)?.value === asked) known.delete(name);
      },
    );
    return asked;
  };
}
