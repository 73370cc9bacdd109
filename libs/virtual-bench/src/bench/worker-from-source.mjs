// Runs worker.ts as it is, where nothing was built: under a test runner, or with the sources' condition.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
