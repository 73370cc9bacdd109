import { z } from 'zod';

// zod compiles its checks where it may; the pages' Content-Security-Policy forbids that, and the attempt would be reported.
z.config({ jitless: true });
