/**
 * Maps what comes, several at a time, and answers in the order in which it came. The first is begun
 * as soon as it is there; what is mapped and not yet taken counts as under way.
 *
 * @param source What comes.
 * @param map Maps one.
 * @param parallel How many to have under way; asked anew each time.
 */
export async function* mapInOrder<T, R>(
  source: Iterable<T> | AsyncIterable<T>,
  map: (item: T) => Promise<R>,
  parallel: () => number,
): AsyncGenerator<R, void, unknown> {
  const underWay: Promise<R>[] = [];
  for await (const item of source) {
    const mapped = map(item);
    // Whoever gives up waiting for those before it never sees this one fail.
    mapped.catch(() => {});
    underWay.push(mapped);
    while (underWay.length >= parallel()) yield await underWay.shift()!;
  }
  for (const mapped of underWay) yield await mapped;
}
