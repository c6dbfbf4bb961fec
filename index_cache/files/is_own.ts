/** Whether a file belongs to the user; taken for granted where the program may not know who that is. */
export async function isOwn({ uid }: Deno.FileInfo): Promise<boolean> {
  if (uid === null) return true;
  const { state } = await Deno.permissions.query({ name: "sys", kind: "uid" });
  return state !== "granted" || uid === Deno.uid();
}
