/** An address without the name, password and query it may hold; anything else as it is. */
export function withoutSecrets(series: string): string {
  // A secret key of S3 may hold slashes; the name of a bucket holds neither : nor @.
  if (/^(s3|gs):/i.test(series)) {
    return series.replace(/^(\w+:\/\/)(?:[^/@:]*:[^@]*|[^/@]*)@/, "$1");
  }
  if (!/^https?:/i.test(series)) return series;
  return series.replace(/[?#].*$/s, "").replace(/^(\w+:\/*)[^/]*@/, "$1");
}
