export { isPlausibleUid } from './boards.ts';
