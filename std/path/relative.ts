import { resolve } from "./resolve.ts";

/** The way from one path to another. */
export function relative(from: string, to: string): string {
  const [start, goal] = [partsOf(from), partsOf(to)];
  let shared = 0;
  while (shared < start.length && start[shared] === goal[shared]) shared++;
  return [...start.slice(shared).map(() => ".."), ...goal.slice(shared)].join("/");
}

function partsOf(path: string): string[] {
  return resolve(path).split("/").filter(Boolean);
}
