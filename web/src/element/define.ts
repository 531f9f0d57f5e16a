/** Importing this registers the elements. */
import { defineElements } from './registration.js';

defineElements();
