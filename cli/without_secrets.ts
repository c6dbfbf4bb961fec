/** An address without the name, password and query it may hold; anything else as it is. */
export function withoutSecrets(series: string): string {
  if (!/^https?:/i.test(series)) return series;
  return series.replace(/[?#].*$/s, "").replace(/^(\w+:\/*)[^/]*@/, "$1");
}
