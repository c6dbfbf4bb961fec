import { encodeImage } from "./mod.ts";
const n=Number(Deno.args[0]); const f=Deno.args[1] as "webp";
const t=performance.now();
try { const b=await encodeImage({width:n,height:n,channels:1,data:new Uint8Array(n*n)},{format:f}); console.log(b.length);} catch(e){console.log(String(e), String((e as Error).cause).slice(0,300))}
console.log(performance.now()-t);
try { const b=await encodeImage({width:64,height:64,channels:1,data:new Uint8Array(64*64)},{format:f}); console.log("again",b.length);} catch(e){console.log("again", String(e), String((e as Error).cause).slice(0,200))}
