import { testSessions } from "./test_sessions.ts";

testSessions(new URL("terminal/", import.meta.url));
