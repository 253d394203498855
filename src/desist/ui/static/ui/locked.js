// The lock page, which stands in front of the others: of all improvements it needs the passkeys alone.
import { start } from './passkeys.js';

start(document);
