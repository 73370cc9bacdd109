/** Seals the rows of the database that it is given, in steps, as a station does; see sealing-deaths.spec.ts. */
import { RowSealing } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';

const file = new Sqlite(process.argv[2]);
file.pragma('journal_mode = WAL');
const sealing = new RowSealing();
while (!sealing.step(file, 5));
file.close();
