import type { Kind } from '../case.types';
import { control } from './control';
import { gp } from './gp';
import { procore } from './procore';
import { text } from './text';

/** How each kind of case is run. A new kind is a file here and a line below. */
export const KINDS: Record<string, Kind> = { control, gp, procore, text };
