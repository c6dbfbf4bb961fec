/** What stands between the parts of a path. */
export const SEPARATOR: "\\" | "/" = "/";
