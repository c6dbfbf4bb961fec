/**
 * Waits for the event loop's next turn, so that whoever waits for the thread gets it in between.
 *
 * A message takes its turn as a timer does; but for its first timer Deno loads those of Node.js,
 * which takes as long as a good part of a start.
 */
export function nextTurn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
