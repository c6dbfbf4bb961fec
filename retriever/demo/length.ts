/** Length of a vector in the plane; `Math.hypot` guards against overflow and is far slower. */
export function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
